extension PixelImage {
    /// The image as a PNG file: with a list of its colours where they are few, else with each pixel's own.
    package var png: [UInt8] {
        let size = bigEndian(UInt32(width)) + bigEndian(UInt32(height))
        let listed = channels == 3 ? listedColors : nil
        let kind: UInt8 = listed != nil ? 3 : channels == 1 ? 0 : 2
        let rows = listed.map { plainRows($0.indices) } ?? filteredRows
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", size + [8, kind, 0, 0, 0])
            + (listed.map { chunk("PLTE", $0.colors.flatMap { [$0.red, $0.green, $0.blue] }) } ?? [])
            + chunk("IDAT", zlib(rows)) + chunk("IEND", [])
    }

    /// The colours in the order in which they appear, and for each pixel which it has; nil if a byte cannot number them.
    private var listedColors: (colors: [RGB], indices: [UInt8])? {
        var colors: [RGB] = []
        var known: [RGB: UInt8] = [:]
        var indices: [UInt8] = []
        indices.reserveCapacity(width * height)
        var (last, lastIndex): (RGB?, UInt8) = (nil, 0)
        for place in stride(from: 0, to: bytes.count, by: 3) {
            let color = RGB(red: bytes[place], green: bytes[place + 1], blue: bytes[place + 2])
            if color != last {
                if known[color] == nil {
                    guard colors.count < 256 else { return nil }
                    known[color] = UInt8(colors.count)
                    colors.append(color)
                }
                (last, lastIndex) = (color, known[color] ?? 0)
            }
            indices.append(lastIndex)
        }
        return (colors, indices)
    }

    /// Rows without a filter, which only helps where neighbouring numbers mean neighbouring colours.
    private func plainRows(_ pixels: [UInt8]) -> [UInt8] {
        (0..<height).flatMap { [0] + pixels[$0 * width..<($0 + 1) * width] }
    }

    /// Every row as differences from its neighbours, by the filter (PNG specification, section 9) that leaves the smallest
    /// numbers; they compress best.
    private var filteredRows: [UInt8] {
        let rowBytes = width * channels
        var result: [UInt8] = []
        result.reserveCapacity((rowBytes + 1) * height)
        var above = [UInt8](repeating: 0, count: rowBytes)
        for y in 0..<height {
            let row = Array(bytes[y * rowBytes..<(y + 1) * rowBytes])
            let candidates = Filter.allCases.map { $0.applied(to: row, above: above, step: channels) }
            let costs = candidates.map { $0.reduce(0) { $0 + Int($1 < 128 ? $1 : 0 &- $1) } }
            let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
            result.append(UInt8(best))
            result += candidates[best]
            above = row
        }
        return result
    }

    private func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(crc32(body))
    }
}

/// What is subtracted from each byte.
private enum Filter: Int, CaseIterable {
    case none, left, above, mean, nearest

    func applied(to row: [UInt8], above: [UInt8], step: Int) -> [UInt8] {
        guard self != .none else { return row }
        var result = row
        for index in row.indices {
            let left = index < step ? 0 : row[index - step]
            let aboveLeft = index < step ? 0 : above[index - step]
            switch self {
            case .none: break
            case .left: result[index] &-= left
            case .above: result[index] &-= above[index]
            case .mean: result[index] &-= UInt8((Int(left) + Int(above[index])) / 2)
            case .nearest: result[index] &-= paeth(left, above[index], aboveLeft)
            }
        }
        return result
    }
}

/// Of three neighbours the one nearest to what a plane through them would give.
private func paeth(_ left: UInt8, _ above: UInt8, _ aboveLeft: UInt8) -> UInt8 {
    let estimate = Int(left) + Int(above) - Int(aboveLeft)
    let distances = (abs(estimate - Int(left)), abs(estimate - Int(above)), abs(estimate - Int(aboveLeft)))
    if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
    return distances.1 <= distances.2 ? above : aboveLeft
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
}

/// Compressed bytes with the frame that PNG wants (RFC 1950).
private func zlib(_ bytes: [UInt8]) -> [UInt8] {
    [0x78, 0x9C] + deflated(bytes) + bigEndian(adler32(bytes))
}

private func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
        low = (low + UInt32(byte)) % 65_521
        high = (high + low) % 65_521
    }
    return high << 16 | low
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { $0 >> 8 ^ crcTable[Int(($0 ^ UInt32($1)) & 0xFF)] }
}

private let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
}
