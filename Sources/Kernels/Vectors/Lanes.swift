// The vector that every kernel computes with.
//
// A kernel loads, multiplies and stores `Lanes`. Where results depend on the order of summation they never depend on
// the width: sums run in separate lanes (one output channel each), sequentially, or in sixteen lanes whatever the
// machine has.

#if WIDE_LANES
/// One vector register of the machine: sixteen floats.
package typealias Lanes = SIMD16<Float>
package typealias LaneBits = SIMD16<UInt32>
package typealias LaneIntegers = SIMD16<Int32>
typealias LaneHalf = SIMD8<Float>
typealias LanePairs = SIMD8<UInt64>
#else
/// One vector register of the machine: eight floats.
package typealias Lanes = SIMD8<Float>
package typealias LaneBits = SIMD8<UInt32>
package typealias LaneIntegers = SIMD8<Int32>
typealias LaneHalf = SIMD4<Float>
typealias LanePairs = SIMD4<UInt64>
#endif

/// How many floats one vector holds.
package let laneCount = Lanes.scalarCount

extension Float {
    /// The scalar counterpart of the vectors' operation (LaneInstructions.swift): the same rounding, for remainders and oracles.
    @inline(__always)
    package func adding(_ a: Float, times b: Float) -> Float {
        #if FUSED_MULTIPLY_ADD
        return addingProduct(a, b)
        #else
        return self + a * b
        #endif
    }
}

extension UnsafePointer where Pointee == Float {
    /// One vector from any address.
    @inline(__always)
    func lanes(at offset: Int = 0) -> Lanes {
        UnsafeRawPointer(self + offset).loadUnaligned(as: Lanes.self)
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    /// One vector from any address.
    @inline(__always)
    func lanes(at offset: Int = 0) -> Lanes {
        UnsafeRawPointer(self + offset).loadUnaligned(as: Lanes.self)
    }

    /// Writes one vector to any address.
    @inline(__always)
    func store(_ lanes: Lanes, at offset: Int = 0) {
        UnsafeMutableRawPointer(self + offset).storeBytes(of: lanes, as: Lanes.self)
    }
}
