/// Makes the checksums of stored members of a zip archive right again, as far as its directory can be followed.
@Sendable package func repairZip(_ file: inout [UInt8]) {
    guard let end = lastPlace(of: [0x50, 0x4B, 5, 6], in: file), end + 20 <= file.count else { return }
    var entry = number(file, end + 16, 4)
    while entry + 46 <= file.count, file[entry..<entry + 4].elementsEqual([0x50, 0x4B, 1, 2]) {
        let size = number(file, entry + 20, 4)
        let header = number(file, entry + 42, 4)
        if number(file, entry + 10, 2) == 0, header + 30 <= file.count {
            let start = header + 30 + number(file, header + 26, 2) + number(file, header + 28, 2)
            if size <= file.count - start {
                let checksum = plainCRC32(file[start..<start + size])
                for place in 0..<4 {
                    let byte = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * place))
                    file[entry + 16 + place] = byte
                    file[header + 14 + place] = byte
                }
            }
        }
        entry += 46 + number(file, entry + 28, 2) + number(file, entry + 30, 2) + number(file, entry + 32, 2)
    }
}

/// The checksum bit by bit, as its definition says.
package func plainCRC32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
}

private func lastPlace(of signature: [UInt8], in file: [UInt8]) -> Int? {
    file.indices.dropLast(3).last { file[$0..<$0 + 4].elementsEqual(signature) }
}

private func number(_ file: [UInt8], _ start: Int, _ size: Int) -> Int {
    file[start..<start + size].reversed().reduce(0) { $0 << 8 | Int($1) }
}
