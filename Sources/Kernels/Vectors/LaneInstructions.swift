// Instructions for whole vectors: the fused multiply-add that kernels are made of, and ReLUs.
//
// The standard library goes through the lanes one by one and relies on the optimizer to make one instruction of it. Where many
// vectors meet, as in Winograd's transforms, it splits them into dozens of parts. The compiler's own module names the
// instruction itself, one for each width, which is why everything is here twice.

#if hasFeature(BuiltinModule)
import Builtin
#endif

extension SIMD8 where Scalar == Float {
    /// `self + a * b`, rounded once where the machine can, so that compilers cannot choose.
    @_transparent
    func adding(_ a: Self, times b: Self) -> Self {
        #if FUSED_MULTIPLY_ADD && hasFeature(BuiltinModule)
        var sum = self
        sum._storage._value = Builtin.int_fma_Vec8xFPIEEE32(a._storage._value, b._storage._value, sum._storage._value)
        return sum
        #elseif FUSED_MULTIPLY_ADD
        return addingProduct(a, b)
        #else
        return self + a * b
        #endif
    }

    /// max(self, 0), where NaN stays NaN.
    @_transparent
    var rectified: Self {
        #if hasFeature(BuiltinModule)
        var below = SIMD8<UInt32>()
        below._storage._value = Builtin.sext_Vec8xInt1_Vec8xInt32(
            Builtin.fcmp_olt_Vec8xFPIEEE32(_storage._value, Self.zero._storage._value))
        return unsafeBitCast(unsafeBitCast(self, to: SIMD8<UInt32>.self) & ~below, to: Self.self)
        #else
        return replacing(with: 0, where: self .< 0)
        #endif
    }

    /// Zero where it is below, `most` where it is above, and where it is NaN, itself.
    @_transparent
    func bounded(zeroBelow least: Self, most: Self) -> Self {
        #if hasFeature(BuiltinModule)
        let kept = Builtin.sext_Vec8xInt1_Vec8xInt32(
            Builtin.fcmp_uge_Vec8xFPIEEE32(_storage._value, least._storage._value))
        let above = Builtin.sext_Vec8xInt1_Vec8xInt32(
            Builtin.fcmp_ogt_Vec8xFPIEEE32(_storage._value, most._storage._value))
        let bits = Builtin.bitcast_Vec8xFPIEEE32_Vec8xInt32(_storage._value)
        let most = Builtin.bitcast_Vec8xFPIEEE32_Vec8xInt32(most._storage._value)
        let limited = Builtin.xor_Vec8xInt32(
            bits, Builtin.and_Vec8xInt32(Builtin.xor_Vec8xInt32(bits, most), above))
        var result = self
        result._storage._value = Builtin.bitcast_Vec8xInt32_Vec8xFPIEEE32(
            Builtin.and_Vec8xInt32(limited, kept))
        return result
        #else
        return replacing(with: most, where: self .> most).replacing(with: 0, where: self .< least)
        #endif
    }
}

extension SIMD16 where Scalar == Float {
    /// `self + a * b`, rounded once where the machine can, so that compilers cannot choose.
    @_transparent
    func adding(_ a: Self, times b: Self) -> Self {
        #if FUSED_MULTIPLY_ADD && hasFeature(BuiltinModule)
        var sum = self
        sum._storage._value = Builtin.int_fma_Vec16xFPIEEE32(a._storage._value, b._storage._value, sum._storage._value)
        return sum
        #elseif FUSED_MULTIPLY_ADD
        return addingProduct(a, b)
        #else
        return self + a * b
        #endif
    }

    /// max(self, 0), where NaN stays NaN.
    @_transparent
    var rectified: Self {
        #if hasFeature(BuiltinModule)
        var below = SIMD16<UInt32>()
        below._storage._value = Builtin.sext_Vec16xInt1_Vec16xInt32(
            Builtin.fcmp_olt_Vec16xFPIEEE32(_storage._value, Self.zero._storage._value))
        return unsafeBitCast(unsafeBitCast(self, to: SIMD16<UInt32>.self) & ~below, to: Self.self)
        #else
        return replacing(with: 0, where: self .< 0)
        #endif
    }

    /// Zero where it is below, `most` where it is above, and where it is NaN, itself.
    @_transparent
    func bounded(zeroBelow least: Self, most: Self) -> Self {
        #if hasFeature(BuiltinModule)
        let kept = Builtin.sext_Vec16xInt1_Vec16xInt32(
            Builtin.fcmp_uge_Vec16xFPIEEE32(_storage._value, least._storage._value))
        let above = Builtin.sext_Vec16xInt1_Vec16xInt32(
            Builtin.fcmp_ogt_Vec16xFPIEEE32(_storage._value, most._storage._value))
        let bits = Builtin.bitcast_Vec16xFPIEEE32_Vec16xInt32(_storage._value)
        let most = Builtin.bitcast_Vec16xFPIEEE32_Vec16xInt32(most._storage._value)
        let limited = Builtin.xor_Vec16xInt32(
            bits, Builtin.and_Vec16xInt32(Builtin.xor_Vec16xInt32(bits, most), above))
        var result = self
        result._storage._value = Builtin.bitcast_Vec16xInt32_Vec16xFPIEEE32(
            Builtin.and_Vec16xInt32(limited, kept))
        return result
        #else
        return replacing(with: most, where: self .> most).replacing(with: 0, where: self .< least)
        #endif
    }
}
