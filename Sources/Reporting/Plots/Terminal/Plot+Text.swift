extension Plot {
    /// The picture in characters, no line wider than `width` columns.
    package func text(width: Int = 80, options: TextOptions = TextOptions()) -> String {
        lines(width: width, options: options).map { $0 + "\n" }.joined()
    }

    package func lines(width: Int, options: TextOptions = TextOptions()) -> [String] {
        var options = options
        options.legend = keys.filter { !$0.isSecondary }
        var lines: [String] = []
        if !title.isEmpty { lines.append(options.style.bold(truncated(options.shown(title), to: width))) }
        if !subtitle.isEmpty { lines.append(options.style.dim(truncated(options.shown(subtitle), to: width))) }
        lines += Self.legend(width: width, options: options)
        // Narrower charts have too few points to be read.
        let (gap, narrowest) = (2, 38)
        let columns = max(1, min(self.columns, panels.count, (width + gap) / (narrowest + gap)))
        for start in stride(from: 0, to: panels.count, by: columns) {
            let row = panels[start..<min(start + columns, panels.count)]
            let panelWidth = (width - gap * (columns - 1)) / columns
            let blocks = row.map { panel in
                (panel.title.isEmpty ? [] : [options.style.bold(truncated(options.shown(panel.title), to: panelWidth))])
                    + panel.lines(width: panelWidth, options: options)
            }
            lines += beside(blocks, width: panelWidth, gap: gap)
        }
        for note in allNotes {
            lines += wrapped(options.shown(String(note.prefix(1000))), to: width).map {
                options.style.dim(truncated($0, to: width))
            }
        }
        return lines.map(options.typed)
    }

    private static func legend(width: Int, options: TextOptions) -> [String] {
        // Nobody reads more names than these off a terminal.
        let mostKeys = 12
        var rows: [(text: String, width: Int)] = []
        for (index, key) in options.legend.prefix(mostKeys).enumerated() {
            let name = truncated(options.shown(key.name), to: min(30, max(1, width - 4)))
            let text = options.colored(options.sample(key, index), key.paint) + " " + name
            let taken = 3 + displayWidth(name)
            if let last = rows.last, last.width + 3 + taken <= width {
                rows[rows.count - 1] = (last.text + "   " + text, last.width + 3 + taken)
            } else {
                rows.append((text, taken))
            }
        }
        let more = options.legend.count - mostKeys
        return rows.map(\.text) + (more > 0 ? [options.style.dim("and \(grouped(more)) more")] : [])
    }

    /// Blocks of lines next to each other.
    private func beside(_ blocks: [[String]], width: Int, gap: Int) -> [String] {
        guard blocks.count > 1 else { return blocks.first ?? [] }
        let height = blocks.map(\.count).max() ?? 0
        return (0..<height).map { row in
            let cells = blocks.enumerated().map { index, block in
                let line = row < block.count ? block[row] : ""
                let missing = index < blocks.count - 1 ? max(0, width - displayWidth(withoutColors(line))) : 0
                return line + String(repeating: " ", count: missing)
            }
            return cells.joined(separator: String(repeating: " ", count: gap))
        }
    }
}

extension TextOptions {
    /// Two columns that show how a series is drawn.
    func sample(_ key: LegendKey, _ index: Int) -> String {
        if isASCII { return String(repeating: Self.letter(index), count: 2) }
        switch key.sample {
        case .line(let dashes): return self.dashes(index, isDashed: !dashes.isEmpty).sample
        case .dot: return " •"
        case .box: return " ■"
        }
    }

    /// The numbers by which a panel draws what its keys stand for: their places in the legend, and numbers beyond those for
    /// what has no name there.
    func numbers(of keys: [LegendKey]) -> [Int] {
        var next = legend.count
        return keys.map { key in
            if let number = legend.firstIndex(of: key) { return number }
            defer { next += key.isSecondary ? 0 : 1 }
            return next
        }
    }

    /// How a line is broken.
    struct Dashes: Equatable {
        /// Which of its dots are set, over and over.
        let dots: [Bool]
        let sample: String
    }

    /// Colours leave a line its own dashes; without them up to four lines differ by theirs.
    func dashes(_ number: Int, isDashed: Bool) -> Dashes {
        Self.patterns[style.hasColors ? (isDashed ? 1 : 0) : number % Self.patterns.count]
    }

    private static let patterns = [
        Dashes(dots: [true], sample: "──"),
        Dashes(dots: [true, false, false], sample: "╌╌"),
        Dashes(dots: [true, true, true, true, false, false], sample: "╴╴"),
        Dashes(dots: [true, true, true, true, false, false, true, false, false], sample: "╴·"),
    ]

    /// What a series is drawn with where there are only letters.
    static func letter(_ index: Int) -> Character {
        let letters: [Character] = ["*", "+", "o", "x", "#", "@", "%", "="]
        return letters[index % letters.count]
    }
}
