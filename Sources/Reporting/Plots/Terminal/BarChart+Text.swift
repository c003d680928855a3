extension BarChart {
    /// A row for each bar, which moves by an eighth of a column.
    package func lines(width: Int, options: TextOptions) -> [String] {
        let longest = extent.filter(\.isFinite).map { abs($0) }.max() ?? 0
        guard longest > 0 || extent.contains(0), !categories.isEmpty else { return ["no data"] }
        let mostRows = 200
        let names = categories.prefix(mostRows).map { options.shown($0) }
        let nameWidth = min(width / 3, names.map(displayWidth).max() ?? 0)
        let text = text ?? { significant($0, digits: 4) }
        let values = groups.map { group in
            names.indices.map { $0 < group.values.count ? options.shown(text(group.values[$0])) : "" }
        }
        let valueWidth = values.joined().map(displayWidth).max() ?? 0
        let room = max(1, width - nameWidth - valueWidth - 2)
        let numbers = options.numbers(of: keys)
        var lines: [String] = []
        for index in names.indices {
            for (number, group) in groups.enumerated() {
                let name = number == 0 ? truncated(names[index], to: nameWidth) : ""
                let value = index < group.values.count ? group.values[index] : .nan
                let share = value.isFinite && longest > 0 ? abs(value) / longest : 0
                let bar = options.isASCII ? Self.letters(share, room, numbers[number]) : Self.blocks(share, room)
                lines.append(
                    padded(name, to: nameWidth) + " " + options.colored(bar, group.paint) + " " + values[number][index])
            }
        }
        if categories.count > mostRows { lines.append("and \(grouped(categories.count - mostRows)) more") }
        return lines.map { options.style.hasColors ? $0 : truncated($0, to: width) }
    }

    private static func letters(_ share: Double, _ room: Int, _ number: Int) -> String {
        String(repeating: TextOptions.letter(number), count: Int((share * Double(room)).rounded()))
    }

    private static func blocks(_ share: Double, _ room: Int) -> String {
        let eighths = Int((share * Double(8 * room)).rounded())
        let rest: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let end = eighths % 8 == 0 ? "" : String(rest[eighths % 8 - 1])
        return String(repeating: "█", count: eighths / 8) + end
    }
}
