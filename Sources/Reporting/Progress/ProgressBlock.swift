/// Several lines at the bottom of a terminal that are redrawn together, below lines that stay.
///
///     var block = ProgressBlock()
///     block.show(now: seconds) { width in lines(of: state, width: width) }
///     block.say("one of them is done")
package struct ProgressBlock {
    /// The mode in force; only `redrawn` shows the block.
    package let mode: ProgressWriter.Mode

    private let size: () -> (width: Int, height: Int)
    private let write: (String) -> Void
    private var drawn: [Int] = []
    private var lastDraw = -Double.infinity

    /// Often enough to look alive, rarely enough to cost nothing.
    private static let secondsBetweenDraws = 0.2

    /// A block on a stream; without a mode, redrawn where a person is looking.
    package init(to terminal: Terminal = .error, mode: ProgressWriter.Mode? = nil) {
        self.init(
            mode: mode ?? (terminal.canRedraw ? .redrawn : .lines), size: { (terminal.width, terminal.height) },
            write: { try? terminal.write($0) })
    }

    init(mode: ProgressWriter.Mode, size: @escaping () -> (width: Int, height: Int), write: @escaping (String) -> Void)
    {
        self.mode = mode
        self.size = size
        self.write = write
    }

    /// The columns that lines have on a screen; nil where none is looked at, and lines may be as long as they are.
    package var width: Int? { mode == .redrawn ? max(1, size().width - 1) : nil }

    /// Draws the lines that `lines` gives for so many columns, unless the last were drawn a moment ago; as many as the screen
    /// has room for. `now` is in seconds since any fixed time.
    package mutating func show(now: Double, _ lines: (_ width: Int) -> [String]) {
        guard mode == .redrawn, now - lastDraw >= Self.secondsBetweenDraws else { return }
        lastDraw = now
        // The last column stays empty: to write it makes some terminals wrap.
        let shown = lines(width ?? 1).prefix(max(1, size().height - 1))
        write(erasure + shown.joined(separator: "\n"))
        drawn = shown.map { displayWidth(withoutColors($0)) }
    }

    /// Writes a line that stays, whatever the mode.
    package mutating func say(_ line: String) {
        clear()
        write(line + "\n")
        // What stands above has moved; the block follows at once.
        lastDraw = -.infinity
    }

    /// Removes the block from the screen.
    package mutating func clear() {
        write(erasure)
        drawn = []
    }

    /// What takes away the lines that were drawn last. A terminal that has become narrower since has broken them into rows.
    private var erasure: String {
        guard !drawn.isEmpty else { return "" }
        let columns = max(1, size().width)
        let rows = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        return "\r" + (rows > 1 ? "\u{1B}[\(rows - 1)A" : "") + "\u{1B}[J"
    }
}

/// A text without the sequences by which `Style` colours it.
func withoutColors(_ text: String) -> String {
    var result = ""
    var isSequence = false
    for character in text {
        if character == "\u{1B}" { isSequence = true }
        if !isSequence { result.append(character) }
        if isSequence, character == "m" { isSequence = false }
    }
    return result
}
