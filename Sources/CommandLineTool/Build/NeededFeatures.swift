/// What the kernels were built to use of a processor, by the names in Linux's `/proc/cpuinfo`. The manifest defines a
/// condition for each of them, from the name of the processor that it builds for.
enum NeededFeatures {
    static let names: [String] = {
        var names: [String] = []
        #if NEEDS_PNI
        names.append("pni")
        #endif
        #if NEEDS_SSSE3
        names.append("ssse3")
        #endif
        #if NEEDS_SSE4_1
        names.append("sse4_1")
        #endif
        #if NEEDS_SSE4_2
        names.append("sse4_2")
        #endif
        #if NEEDS_POPCNT
        names.append("popcnt")
        #endif
        #if NEEDS_CX16
        names.append("cx16")
        #endif
        #if NEEDS_AVX
        names.append("avx")
        #endif
        #if NEEDS_AVX2
        names.append("avx2")
        #endif
        #if NEEDS_FMA
        names.append("fma")
        #endif
        #if NEEDS_F16C
        names.append("f16c")
        #endif
        #if NEEDS_BMI1
        names.append("bmi1")
        #endif
        #if NEEDS_BMI2
        names.append("bmi2")
        #endif
        #if NEEDS_ABM
        names.append("abm")
        #endif
        #if NEEDS_MOVBE
        names.append("movbe")
        #endif
        #if NEEDS_AVX512F
        names.append("avx512f")
        #endif
        #if NEEDS_AVX512BW
        names.append("avx512bw")
        #endif
        #if NEEDS_AVX512CD
        names.append("avx512cd")
        #endif
        #if NEEDS_AVX512DQ
        names.append("avx512dq")
        #endif
        #if NEEDS_AVX512VL
        names.append("avx512vl")
        #endif
        #if NEEDS_AVX512VBMI
        names.append("avx512vbmi")
        #endif
        #if NEEDS_AVX512_VBMI2
        names.append("avx512_vbmi2")
        #endif
        #if NEEDS_AVX512IFMA
        names.append("avx512ifma")
        #endif
        #if NEEDS_AVX512_VNNI
        names.append("avx512_vnni")
        #endif
        #if NEEDS_AVX512_BITALG
        names.append("avx512_bitalg")
        #endif
        #if NEEDS_AVX512_VPOPCNTDQ
        names.append("avx512_vpopcntdq")
        #endif
        #if NEEDS_AVX512_BF16
        names.append("avx512_bf16")
        #endif
        #if NEEDS_AVX512_FP16
        names.append("avx512_fp16")
        #endif
        #if NEEDS_AVX_VNNI
        names.append("avx_vnni")
        #endif
        #if NEEDS_GFNI
        names.append("gfni")
        #endif
        #if NEEDS_VAES
        names.append("vaes")
        #endif
        #if NEEDS_VPCLMULQDQ
        names.append("vpclmulqdq")
        #endif
        #if NEEDS_FMA4
        names.append("fma4")
        #endif
        #if NEEDS_XOP
        names.append("xop")
        #endif
        #if NEEDS_SSE4A
        names.append("sse4a")
        #endif
        return names
    }()
}
