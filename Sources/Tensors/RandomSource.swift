import Kernels

/// Random numbers as a pure function of (seed, purpose, epoch, index): nothing is drawn, so nothing can be drawn in
/// another order.
///
/// The n-th number is SplitMix64's n-th output, `mix(key + n · γ)`, which needs no state. The key mixes the seed with
/// what the numbers are for, so that the shuffle of epoch 3 and the dropout of layer 2 never share a stream.
///
///     let source = RandomSource(seed: 0, purpose: "shuffle", round: 3)
///     source.permutation(of: 60_000)
package struct RandomSource: Sendable, Hashable {
    /// Identifies the stream; kernels that make their own numbers start from it.
    package let key: UInt64

    /// γ: 2⁶⁴ over the golden ratio, made odd, so that the multiples of it spread evenly.
    private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The stream for one purpose, such as `"initialize conv2d/kernel"`, in one round: an epoch, a step or a draw, as the purpose
    /// has them.
    package init(seed: UInt64, purpose: String, round: Int = 0) {
        var key = Self.mix(seed &+ Self.gamma)
        for byte in purpose.utf8 {
            // FNV-1a's step and prime.
            key = (key ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        self.key = Self.mix(Self.mix(key) &+ UInt64(bitPattern: Int64(round)) &* Self.gamma)
    }

    /// The stream of one operation, which its salt tells from others, in the run that has a key.
    package init(key: UInt64, salt: UInt64) {
        self.key = Self.mix(Self.mix(key) &+ (salt &+ 1) &* Self.gamma)
    }

    /// 64 independent fair bits.
    package func bits(at index: Int) -> UInt64 {
        Self.mix(key &+ UInt64(bitPattern: Int64(index)) &* Self.gamma)
    }

    /// Uniform in [0, 1), a multiple of 2⁻⁵³.
    package func uniform(at index: Int) -> Double {
        Double(bits(at: index) >> 11) * 0x1p-53
    }

    /// Half a step more than `uniform`, so that it is never zero, where logarithms are infinite.
    package func openUniform(at index: Int) -> Double {
        uniform(at: index) + 0x1p-54
    }

    /// Uniform among 0 ..< bound, by multiplication, whose bias is below bound / 2⁶⁴.
    package func integer(below bound: Int, at index: Int) -> Int {
        Int(bits(at: index).multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Standard normal, by inverting the distribution function.
    package func normal(at index: Int) -> Double {
        inverseNormal(openUniform(at: index))
    }

    /// Standard normal, cut off at two standard deviations and not rescaled, as in Keras's initializers.
    package func truncatedNormal(at index: Int) -> Double {
        // The share of what lies below −2.
        let tail = 0.022_750_131_948_179_2
        return inverseNormal(tail + (1 - 2 * tail) * openUniform(at: index))
    }

    /// A random order of 0 ..< count (Fisher and Yates's).
    package func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, integer(below: last + 1, at: last))
        }
        return order
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Acklam's rational approximation of the normal quantile, relative error below 1.2e-9.
private func inverseNormal(_ p: Double) -> Double {
    let a = (
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
        -3.066479806614716e+01, 2.506628277459239e+00
    )
    let b = (
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
        -1.328068155288572e+01
    )
    let c = (
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
        4.374664141464968e+00, 2.938163982698783e+00
    )
    let d = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00)

    let cut = 0.02425
    if p < cut || p > 1 - cut {
        let q = (-2 * naturalLogarithm(p < cut ? p : 1 - p)).squareRoot()
        let above = ((((c.0 * q + c.1) * q + c.2) * q + c.3) * q + c.4) * q + c.5
        let below = (((d.0 * q + d.1) * q + d.2) * q + d.3) * q + 1
        return p < cut ? above / below : -above / below
    }
    let q = p - 0.5
    let r = q * q
    let above = (((((a.0 * r + a.1) * r + a.2) * r + a.3) * r + a.4) * r + a.5) * q
    let below = ((((b.0 * r + b.1) * r + b.2) * r + b.3) * r + b.4) * r + 1
    return above / below
}
