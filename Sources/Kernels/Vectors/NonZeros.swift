#if hasFeature(BuiltinModule)
import Builtin
#endif

// Which floats are not zero: a bit for each of them, and iteration over those bits.
//
// A branch on each float would often be mispredicted. Of bits only those that are set are visited, and only the end of the loop
// is mispredicted.

extension SIMD8 where Scalar == Float {
    /// Which lanes are not zero, a bit each.
    @_transparent
    var nonZeroLanes: UInt64 {
        #if hasFeature(BuiltinModule)
        let lanes = Builtin.fcmp_une_Vec8xFPIEEE32(_storage._value, Self.zero._storage._value)
        return UInt64(UInt8(Builtin.bitcast_Vec8xInt1_Int8(lanes)))
        #else
        return (0..<8).reduce(0) { self[$1] != 0 ? $0 | 1 << UInt64($1) : $0 }
        #endif
    }
}

extension SIMD16 where Scalar == Float {
    /// Which lanes are not zero, a bit each.
    @_transparent
    var nonZeroLanes: UInt64 {
        #if hasFeature(BuiltinModule)
        let lanes = Builtin.fcmp_une_Vec16xFPIEEE32(_storage._value, Self.zero._storage._value)
        return UInt64(UInt16(Builtin.bitcast_Vec16xInt1_Int16(lanes)))
        #else
        return lowHalf.nonZeroLanes | highHalf.nonZeroLanes << 8
        #endif
    }
}

/// The indices of the floats that are not zero, in order.
struct NonZeros: Sequence, IteratorProtocol {
    private let values: UnsafePointer<Float>
    private let count: Int
    /// The floats that `bits` stands for; bits of visited ones are cleared.
    private var (first, end) = (0, 0)
    private var bits: UInt64 = 0

    @inline(__always)
    init(of values: UnsafePointer<Float>, count: Int) {
        self.values = values
        self.count = count
    }

    @inline(__always)
    mutating func next() -> Int? {
        while bits == 0 {
            guard end < count else { return nil }
            first = end
            end = Swift.min(first &+ 64, count)
            for place in stride(from: first, to: end, by: laneCount) {
                let lanes = (values + place).lanes(count: Swift.min(laneCount, end &- place))
                bits |= lanes.nonZeroLanes &<< UInt64(truncatingIfNeeded: place &- first)
            }
        }
        let place = first &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        return place
    }
}
