extension Picture {
    /// Reads a PGM or PPM file: `P2` and `P5` are grey, `P3` and `P6` coloured, the former of each pair in digits.
    ///
    /// Any greatest value up to 65535 becomes 255. What follows the first picture is left alone.
    init(netpbm file: [UInt8]) throws(PictureError) {
        var reader = NetpbmReader(file)
        let kind = file[1] - UInt8(ascii: "0")
        let channels = kind == 3 || kind == 6 ? 3 : 1
        let sizeOffset = reader.offset
        let width = try reader.number()
        let height = try reader.number()
        try Self.check(height: height, width: width, offset: sizeOffset)
        let greatest = try reader.number()
        guard 1...65_535 ~= greatest else {
            throw PictureError(fact: .greatestSample(greatest), offset: reader.offset)
        }
        try reader.skipSpace()

        let isPlain = kind < 4
        let count = height * width * channels
        let sampleBytes = isPlain || greatest < 256 ? 1 : 2
        // Digits need a space between them, so that this is the least in either form.
        guard file.count - reader.offset >= count * sampleBytes else {
            throw PictureError(fact: .truncated, offset: file.count)
        }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(count)
        for _ in 0..<count {
            let value = isPlain ? try reader.number() : reader.raw(sampleBytes)
            guard value <= greatest else {
                throw PictureError(fact: .sample(value, greatest: greatest), offset: reader.offset)
            }
            pixels.append(byte(value, greatest: greatest))
        }
        self.init(height: height, width: width, channels: channels, pixels: pixels)
    }
}

/// Reads the numbers of a Netpbm file one after the other.
private struct NetpbmReader {
    private let file: [UInt8]
    private(set) var offset = 2

    init(_ file: [UInt8]) {
        self.file = file
    }

    /// The next number in digits; space and comments may stand before it.
    mutating func number() throws(PictureError) -> Int {
        while offset < file.count, Self.isSpace(file[offset]) || file[offset] == UInt8(ascii: "#") {
            if file[offset] == UInt8(ascii: "#") {
                while offset < file.count, file[offset] != UInt8(ascii: "\n") { offset += 1 }
            } else {
                offset += 1
            }
        }
        guard offset < file.count else { throw PictureError(fact: .truncated, offset: file.count) }
        let start = offset
        var value = 0
        while offset < file.count, 48...57 ~= file[offset] {
            // A number that is too large stays so, whatever digits follow.
            value = min(value * 10 + Int(file[offset] - 48), 1 << 40)
            offset += 1
        }
        guard offset > start, offset == file.count || Self.isSpace(file[offset]) || file[offset] == UInt8(ascii: "#")
        else { throw PictureError(fact: .number, offset: offset) }
        return value
    }

    /// The one white space that parts the header from the pixels.
    mutating func skipSpace() throws(PictureError) {
        guard offset < file.count else { throw PictureError(fact: .truncated, offset: file.count) }
        guard Self.isSpace(file[offset]) else { throw PictureError(fact: .number, offset: offset) }
        offset += 1
    }

    /// The next number in one or two bytes, which are known to be there.
    mutating func raw(_ count: Int) -> Int {
        defer { offset += count }
        return count == 1 ? Int(file[offset]) : Int(file[offset]) << 8 | Int(file[offset + 1])
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || 9...13 ~= byte }
}
