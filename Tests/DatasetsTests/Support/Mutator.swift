import Tensors

/// Makes bad inputs from good ones: cut, flipped, spliced, and with extreme numbers where headers are.
struct Mutator {
    private let seeds: [[UInt8]]
    private let seed: UInt64

    init(seeds: [[UInt8]], seed: UInt64) {
        self.seeds = seeds
        self.seed = seed
    }

    /// The n-th bad input, whatever was made before.
    func input(_ number: Int) -> [UInt8] {
        var dice = Dice(source: RandomSource(seed: seed, purpose: "mutate", epoch: number))
        var bytes = seeds[dice.roll(seeds.count)]
        for _ in 0...dice.roll(3) { mutate(&bytes, &dice) }
        return bytes
    }

    private func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else { return }
        switch dice.roll(6) {
        case 0: bytes.removeLast(dice.roll(bytes.count) + 1)
        case 1:
            for _ in 0...dice.roll(8) { bytes[dice.roll(bytes.count)] ^= 1 << UInt8(dice.roll(8)) }
        case 2:
            let other = seeds[dice.roll(seeds.count)]
            bytes = Array(bytes.prefix(dice.roll(bytes.count))) + other.dropFirst(dice.roll(other.count))
        case 3:
            let extremes: [[UInt8]] = [
                [0, 0, 0, 0], [255, 255, 255, 255], [127, 255, 255, 255], [128, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0],
            ]
            let start = dice.roll(min(bytes.count, 24))
            for (index, byte) in extremes[dice.roll(extremes.count)].enumerated() where start + index < bytes.count {
                bytes[start + index] = byte
            }
        case 4: bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256))
        default: bytes.insert(contentsOf: bytes.suffix(dice.roll(40)), at: dice.roll(bytes.count))
        }
    }
}

private struct Dice {
    let source: RandomSource
    var index = 0

    mutating func roll(_ sides: Int) -> Int {
        index += 1
        return source.integer(below: sides, at: index)
    }
}
