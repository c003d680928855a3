/// Where a text first stops being UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates); nil if it never does.
func firstInvalidUTF8(in bytes: [UInt8]) -> Position? {
    var index = 0
    while index < bytes.count {
        guard let length = scalarLength(at: index, in: bytes) else { return position(of: index, in: bytes) }
        index += length
    }
    return nil
}

private func scalarLength(at index: Int, in bytes: [UInt8]) -> Int? {
    let lead = bytes[index]
    if lead < 0x80 { return 1 }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
        length = 3
        if lead == 0xE0 { second = 0xA0...0xBF }
        if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
        length = 4
        if lead == 0xF0 { second = 0x90...0xBF }
        if lead == 0xF4 { second = 0x80...0x8F }
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]),
        bytes[(index + 2)..<max(index + length, index + 2)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else { return nil }
    return length
}

private func position(of index: Int, in bytes: [UInt8]) -> Position {
    let before = bytes[..<index]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return Position(
        line: 1 + before.count { $0 == UInt8(ascii: "\n") },
        column: 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 })
}
