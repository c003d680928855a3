/// Shows progress: a line that is redrawn on a terminal, one line per epoch elsewhere, or nothing.
///
/// Time comes with each call, so that tests need no clock. A message that is to stay goes through `say`, which keeps
/// the redrawn line below it.
package struct ProgressWriter {
    package enum Mode: Sendable {
        case redrawn, lines, silent
    }

    /// The mode in force.
    package let mode: Mode

    private let style: Style
    private let width: () -> Int
    private let write: (String) -> Void
    private var drawnWidth = 0
    private var lastDraw = -Double.infinity

    /// Often enough to look alive, rarely enough to cost nothing.
    private static let secondsBetweenDraws = 0.125

    /// Progress on a stream; without a mode, redrawn where a person is looking.
    package init(to terminal: Terminal = .error, mode: Mode? = nil) {
        self.init(
            mode: mode ?? (terminal.canRedraw ? .redrawn : .lines), style: Style(for: terminal),
            width: { terminal.width },
            // That nobody reads its progress any more is no reason for a training to end.
            write: { try? terminal.write($0) })
    }

    init(mode: Mode, style: Style = .plain, width: @escaping () -> Int, write: @escaping (String) -> Void) {
        self.mode = mode
        self.style = style
        self.width = width
        self.write = write
    }

    /// Shows a state, unless the last was shown a moment ago. `now` is in seconds since any fixed time.
    package mutating func show(_ progress: Progress, now: Double) {
        guard mode == .redrawn, now - lastDraw >= Self.secondsBetweenDraws else { return }
        lastDraw = now
        // The last column stays empty: to write it makes some terminals wrap.
        let columns = max(1, width() - 1)
        let plain = displayWidth(progress.line(width: columns))
        write(erasure(columns: columns + 1) + progress.line(width: columns, style: style))
        drawnWidth = plain
    }

    /// Ends an epoch with a line that stays.
    package mutating func finish(_ report: EpochReport) {
        switch mode {
        case .redrawn: say(report.lines(width: max(1, width())).joined(separator: "\n"))
        case .lines: say(report.lines().joined())
        case .silent: break
        }
        // The next epoch's first state is news.
        lastDraw = -.infinity
    }

    /// Writes a line that stays, whatever the mode.
    package mutating func say(_ line: String) {
        clear()
        write(line + "\n")
    }

    /// Writes a line that stays, where anybody wants to know how things go on.
    package mutating func note(_ line: String) {
        if mode != .silent { say(line) }
    }

    /// Removes the redrawn line.
    package mutating func clear() {
        write(erasure(columns: drawnWidth > 0 ? width() : 0))
        drawnWidth = 0
    }

    /// What takes away the line that was drawn last. A terminal that has become narrower since has broken it into rows.
    private func erasure(columns: Int) -> String {
        guard drawnWidth > 0, columns > 0 else { return "" }
        let rowsAbove = (drawnWidth - 1) / columns
        return "\r" + (rowsAbove > 0 ? "\u{1B}[\(rowsAbove)A" : "") + "\u{1B}[J"
    }
}
