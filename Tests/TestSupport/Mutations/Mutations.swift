import Tensors

/// Bad files made from good ones, the same one for the same number: cut, flipped, spliced, and with numbers where they
/// hurt.
package struct Mutations: Sendable {
    private let files: [[UInt8]]
    private let seed: UInt64
    private let repair: (@Sendable (inout [UInt8]) -> Void)?

    /// What makes a format's checksums right again, `repair`, is done to every other file, for behind a wrong checksum
    /// lies most of a reader.
    package init(of files: [[UInt8]], seed: UInt64 = 0, repairing repair: (@Sendable (inout [UInt8]) -> Void)? = nil) {
        (self.files, self.seed, self.repair) = (files, seed, repair)
    }

    package func file(_ number: Int) -> [UInt8] {
        var dice = Dice(seed: seed, number: number)
        var bytes = files[dice.roll(files.count)]
        for _ in 0...dice.roll(4) where !bytes.isEmpty { change(&bytes, &dice) }
        if let repair, dice.roll(2) == 0 { repair(&bytes) }
        return bytes
    }

    private func change(_ bytes: inout [UInt8], _ dice: inout Dice) {
        switch dice.roll(10) {
        case 0: bytes.removeLast(dice.roll(bytes.count) + 1)
        case 1, 2: bytes[dice.roll(bytes.count)] ^= 1 << UInt8(dice.roll(8))
        case 3: bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256))
        case 4: bytes.removeSubrange(dice.range(in: bytes))
        case 5: bytes.insert(contentsOf: bytes[dice.range(in: bytes)], at: dice.roll(bytes.count))
        case 6:
            // One piece over another, both of the same length, so that everything else stays in its place.
            let from = dice.range(in: bytes)
            let start = dice.roll(bytes.count - from.count + 1)
            bytes.replaceSubrange(start..<start + from.count, with: bytes[from])
        case 7:
            let other = files[dice.roll(files.count)]
            bytes.removeLast(dice.roll(bytes.count) + 1)
            bytes += other.dropFirst(dice.roll(other.count + 1))
        default: writeNumber(&bytes, &dice)
        }
    }

    /// Writes an integer that is near a limit of its type, or near a place in the file, where a field might be.
    private func writeNumber(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let size = 1 << dice.roll(4)
        let limits: [Int] = [
            0, 1, -1, .max, .min, 1 << 31, 1 << 31 - 1, 1 << 32 - 1, bytes.count, dice.roll(bytes.count),
        ]
        let number = limits[dice.roll(limits.count)] &+ (dice.roll(2) == 0 ? 0 : dice.roll(17) - 8)
        let start = dice.roll(bytes.count) / size * size
        let isBigEndian = dice.roll(4) == 0
        for place in 0..<size where start + place < bytes.count {
            let shift = 8 * (isBigEndian ? size - 1 - place : place)
            bytes[start + place] = UInt8(truncatingIfNeeded: number >> shift)
        }
    }
}

/// Random numbers of one file.
private struct Dice {
    private let source: RandomSource
    private var index = 0

    init(seed: UInt64, number: Int) { source = RandomSource(seed: seed, purpose: "mutate", round: number) }

    mutating func roll(_ sides: Int) -> Int {
        index += 1
        return source.integer(below: sides, at: index)
    }

    /// Mostly short ones, for long ones leave nothing to find.
    mutating func range(in bytes: [UInt8]) -> Range<Int> {
        let start = roll(bytes.count)
        let longest = min(bytes.count - start, 1 << roll(12))
        return start..<start + 1 + roll(longest)
    }
}
