/// A grid of dots, eight in each character: those of braille, two beside each other and four below.
///
/// Where a terminal knows no braille each character is one dot, drawn with the letter of its series.
struct DotCanvas {
    let columns: Int
    let rows: Int
    private let options: TextOptions
    private var dots: [UInt8]
    private var owners: [Int?]

    init(columns: Int, rows: Int, options: TextOptions) {
        self.columns = columns
        self.rows = rows
        self.options = options
        dots = Array(repeating: 0, count: columns * rows)
        owners = Array(repeating: nil, count: columns * rows)
    }

    /// Dots beside and below each other in the whole grid.
    var width: Int { options.isASCII ? columns : 2 * columns }
    var height: Int { options.isASCII ? rows : 4 * rows }

    /// Sets a dot that belongs to a series; those outside are left out.
    mutating func set(_ x: Int, _ y: Int, owner: Int) {
        guard 0..<width ~= x, 0..<height ~= y else { return }
        let cell = options.isASCII ? y * columns + x : y / 4 * columns + x / 2
        // The bits of a braille character, column by column; the lowest row was added late and has the highest bits.
        let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
        dots[cell] |= options.isASCII ? 1 : bits[x % 2][y % 4]
        owners[cell] = owner
    }

    /// A straight line of dots, of which `isOn` keeps some by their number.
    mutating func line(
        from start: Drawing.Point, to end: Drawing.Point, owner: Int, count: inout Int, isOn: (Int) -> Bool
    ) {
        let steps = max(1, Int(max(abs(end.x - start.x), abs(end.y - start.y)).rounded(.up)))
        for step in 0...steps {
            let point = start + (end - start) * (Double(step) / Double(steps))
            if isOn(count) { set(Int(point.x.rounded()), Int(point.y.rounded()), owner: owner) }
            if step < steps { count += 1 }
        }
    }

    /// The rows as text, each character in the colour, and where there is no braille with the letter, of the series that was
    /// drawn last there.
    func lines(paints: [Paint], letters: [Character]) -> [String] {
        (0..<rows).map { row in
            var (text, pending): (String, String) = ("", "")
            var owner: Int?
            func flush() { text += owner.map { options.colored(pending, paints[$0]) } ?? pending }
            for column in 0..<columns {
                let cell = row * columns + column
                if owners[cell] != owner {
                    flush()
                    (pending, owner) = ("", owners[cell])
                }
                pending.append(character(cell, letters))
            }
            flush()
            return text
        }
    }

    private func character(_ cell: Int, _ letters: [Character]) -> Character {
        guard dots[cell] != 0, let owner = owners[cell] else { return " " }
        if options.isASCII { return letters[owner] }
        return Unicode.Scalar(0x2800 + UInt32(dots[cell])).map { Character($0) } ?? " "
    }
}
