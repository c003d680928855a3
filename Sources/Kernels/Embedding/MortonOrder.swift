// Sorting points along Morton's curve: by numbers in which the bits of both coordinates alternate.

/// Memory for sorting a number of points, which is done once for each of their positions.
final class MortonOrder {
    private let count: Int
    /// Code and index of each point, before and after a pass.
    private let keys: Buffer<UInt64>
    private let sorted: Buffer<UInt64>
    private let starts = Buffer<Int>(count: MortonOrder.passes << MortonOrder.passBits, repeating: 0)

    private static let passBits = 8
    private static let passes = 4

    init(count: Int) {
        self.count = count
        keys = Buffer(count: count, repeating: 0)
        sorted = Buffer(count: count, repeating: 0)
    }

    /// The order of points along the curve; points in one place keep the order of their indices.
    func sort(_ positions: UnsafePointer<SIMD2<Float>>, to order: UnsafeMutablePointer<UInt32>) {
        encode(positions)
        var (source, target) = (keys.base, sorted.base)
        for pass in 0..<Self.passes {
            let starts = starts.base + pass << Self.passBits
            let shift = UInt64(32 + pass * Self.passBits)
            for index in 0..<count {
                let digit = Int(source[index] &>> shift & 0xFF)
                target[starts[digit]] = source[index]
                starts[digit] &+= 1
            }
            swap(&source, &target)
        }
        for index in 0..<count { order[index] = UInt32(truncatingIfNeeded: source[index]) }
    }

    /// Makes the keys, and counts where those of each digit begin.
    private func encode(_ positions: UnsafePointer<SIMD2<Float>>) {
        var (least, most) = (positions[0], positions[0])
        for index in 0..<count {
            least = pointwiseMin(least, positions[index])
            most = pointwiseMax(most, positions[index])
        }
        let width = (most - least).max()
        let scale = width > 0 ? 65_535 / width : 0
        starts.base.update(repeating: 0, count: starts.count)
        for index in 0..<count {
            let place = (positions[index] - least) * scale
            let code = Self.spread(UInt32(place.x)) | Self.spread(UInt32(place.y)) &<< 1
            keys.base[index] = UInt64(code) &<< 32 | UInt64(index)
            for pass in 0..<Self.passes {
                starts.base[pass << Self.passBits | Int(code &>> UInt32(pass * Self.passBits) & 0xFF)] &+= 1
            }
        }
        for pass in 0..<Self.passes {
            var sum = 0
            for digit in 0..<1 << Self.passBits {
                let place = pass << Self.passBits | digit
                (starts.base[place], sum) = (sum, sum + starts.base[place])
            }
        }
    }

    /// The lower sixteen bits, a zero before each.
    @inline(__always)
    private static func spread(_ value: UInt32) -> UInt32 {
        var bits = value & 0xFFFF
        bits = (bits | bits &<< 8) & 0x00FF_00FF
        bits = (bits | bits &<< 4) & 0x0F0F_0F0F
        bits = (bits | bits &<< 2) & 0x3333_3333
        return (bits | bits &<< 1) & 0x5555_5555
    }
}
