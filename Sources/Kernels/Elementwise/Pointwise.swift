// Functions of one number, applied to every element: activations. Each states its value and its derivative; the loops
// over memory are written once.
//
// Limit: loads and stores for the simple ones, the polynomials of Math.swift for the others.

/// An activation function and its derivative, over arrays.
package protocol Pointwise: Sendable {
    /// Whether the gradient needs the function's argument; otherwise its result is enough, and the argument may be overwritten.
    var gradientReadsInput: Bool { get }
    /// y = f(x); y may be x.
    func apply(count: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>)
    /// dx = dy · f′; `z` holds arguments or results as `gradientReadsInput` says, and dx may be dy or z.
    func gradient(count: Int, z: UnsafePointer<Float>, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>)
}

/// The two functions that an activation consists of.
protocol PointwiseFunction: Pointwise {
    func value(_ x: Lanes) -> Lanes
    /// dy · f′, where z is the argument or the result.
    func backward(_ z: Lanes, _ dy: Lanes) -> Lanes
}

extension PointwiseFunction {
    package var gradientReadsInput: Bool { false }

    package func apply(count: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>) {
        forEachVector(count) { offset, count in
            (y + offset).store(value((x + offset).lanes(count: count)), count: count)
        }
    }

    package func gradient(
        count: Int, z: UnsafePointer<Float>, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>
    ) {
        forEachVector(count) { offset, count in
            let result = backward((z + offset).lanes(count: count), (dy + offset).lanes(count: count))
            (dx + offset).store(result, count: count)
        }
    }
}

/// max(x, 0).
package struct ReLU: PointwiseFunction {
    package init() {}
    @inline(__always) func value(_ x: Lanes) -> Lanes { x.rectified }
    @inline(__always) func backward(_ y: Lanes, _ dy: Lanes) -> Lanes { dy.gated(byReLU: y) }
}

extension Lanes {
    /// A gradient where a ReLU's result is positive, zero elsewhere.
    @_transparent
    func gated(byReLU result: Lanes) -> Lanes { replacing(with: 0, where: result .<= 0) }
}

/// x, or slope · x for negative x.
package struct LeakyReLUFunction: PointwiseFunction {
    package let slope: Float
    package init(slope: Float) { self.slope = slope }
    package var gradientReadsInput: Bool { true }
    @inline(__always) func value(_ x: Lanes) -> Lanes { x.replacing(with: x * slope, where: x .< 0) }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes { dy.replacing(with: dy * slope, where: x .<= 0) }
}

/// x above the threshold, but no more than the maximum; slope · (x − threshold) below.
package struct BoundedReLU: PointwiseFunction {
    package let maximum, slope, threshold: Float
    /// The threshold and the slope are not negative.
    package init(maximum: Float = .infinity, slope: Float = 0, threshold: Float = 0) {
        self.maximum = maximum
        self.slope = slope
        self.threshold = threshold
    }
    /// Without a slope or a threshold, a result tells where its argument was.
    package var gradientReadsInput: Bool { slope != 0 || threshold != 0 }
    /// Whether it is a ReLU with a maximum and nothing else.
    var isPlain: Bool { slope == 0 && threshold == 0 }
    @inline(__always) func value(_ x: Lanes) -> Lanes {
        // Not by the general rule, in which a slope of zero times infinity is not a number.
        if isPlain { return x.bounded(zeroBelow: .zero, most: Lanes(repeating: maximum)) }
        let bounded = x.replacing(with: Lanes(repeating: maximum), where: x .> maximum)
        return bounded.replacing(with: (x - threshold) * slope, where: x .<= threshold)
    }
    @inline(__always) func backward(_ z: Lanes, _ dy: Lanes) -> Lanes {
        dy.replacing(with: 0, where: z .>= maximum).replacing(with: dy * slope, where: z .<= threshold)
    }
}

/// 1 / (1 + e⁻ˣ).
package struct Sigmoid: PointwiseFunction {
    package init() {}
    @inline(__always) func value(_ x: Lanes) -> Lanes { 1 / (1 + exponential(-x)) }
    @inline(__always) func backward(_ y: Lanes, _ dy: Lanes) -> Lanes { dy * (y * (1 - y)) }
}

/// The hyperbolic tangent.
package struct Tanh: PointwiseFunction {
    package init() {}
    @inline(__always) func value(_ x: Lanes) -> Lanes { hyperbolicTangent(x) }
    @inline(__always) func backward(_ y: Lanes, _ dy: Lanes) -> Lanes { dy * (1 - y * y) }
}

/// scale · x above zero, scale · alpha · (eˣ − 1) below: ELU, and SELU with its two constants.
package struct ExponentialLinear: PointwiseFunction {
    package let alpha, scale: Float
    /// `alpha` is the depth of the floor below zero, `scale` a factor for the whole function.
    package init(alpha: Float, scale: Float = 1) {
        self.alpha = alpha
        self.scale = scale
    }
    @inline(__always) func value(_ x: Lanes) -> Lanes {
        (x * scale).replacing(with: exponentialMinusOne(x) * (alpha * scale), where: x .< 0)
    }
    @inline(__always) func backward(_ y: Lanes, _ dy: Lanes) -> Lanes {
        (dy * scale).replacing(with: dy * (y + alpha * scale), where: y .< 0)
    }
}

/// x · Φ(x), with the normal distribution itself and not the approximation by a tanh.
package struct GELU: PointwiseFunction {
    package init() {}
    package var gradientReadsInput: Bool { true }
    @inline(__always) private func distribution(_ x: Lanes) -> Lanes { 0.5 * (1 + errorFunction(x * 0.707_106_77)) }
    @inline(__always) func value(_ x: Lanes) -> Lanes { x * distribution(x) }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes {
        let density = exponential(-0.5 * (x * x)) * 0.398_942_28
        return dy * distribution(x).adding(x, times: density)
    }
}

/// x / (1 + e⁻ˣ), also called swish.
package struct SiLU: PointwiseFunction {
    package init() {}
    package var gradientReadsInput: Bool { true }
    @inline(__always) func value(_ x: Lanes) -> Lanes { x / (1 + exponential(-x)) }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes {
        let s = 1 / (1 + exponential(-x))
        return dy * (s * (1 + x * (1 - s)))
    }
}

/// log(1 + eˣ).
package struct Softplus: PointwiseFunction {
    package init() {}
    package var gradientReadsInput: Bool { true }
    @inline(__always) func value(_ x: Lanes) -> Lanes {
        x.replacing(with: 0, where: x .< 0) + logarithmOfOnePlus(exponential(-absolute(x)))
    }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes { dy / (1 + exponential(-x)) }
}

/// A sigmoid of three straight lines: x / 6 + ½ between −3 and 3.
package struct HardSigmoid: PointwiseFunction {
    package init() {}
    @inline(__always) func value(_ x: Lanes) -> Lanes { hardSigmoid(x) }
    @inline(__always) func backward(_ y: Lanes, _ dy: Lanes) -> Lanes {
        dy * Lanes(repeating: 1 / 6).replacing(with: 0, where: (y .<= 0) .| (y .>= 1))
    }
}

/// x times its hard sigmoid, also called hard SiLU.
package struct HardSwish: PointwiseFunction {
    package init() {}
    package var gradientReadsInput: Bool { true }
    @inline(__always) func value(_ x: Lanes) -> Lanes { x * hardSigmoid(x) }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes {
        dy * (hardSigmoid(x) + (x / 6).replacing(with: 0, where: (x .<= -3) .| (x .>= 3)))
    }
}

@inline(__always)
private func hardSigmoid(_ x: Lanes) -> Lanes {
    let shifted = (x + 3).rectified
    return shifted.replacing(with: 6, where: shifted .> 6) / 6
}

/// x · tanh(log(1 + eˣ)).
package struct Mish: PointwiseFunction {
    package init() {}
    package var gradientReadsInput: Bool { true }
    // tanh(log(1 + e)) = n / (n + 2) with n = e · (e + 2), which rounds to one long before e overflows.
    @inline(__always) private func power(_ x: Lanes) -> Lanes { exponential(x.replacing(with: 20, where: x .> 20)) }
    @inline(__always) func value(_ x: Lanes) -> Lanes {
        let e = power(x)
        let n = e * (e + 2)
        return x * (n / (n + 2))
    }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes {
        let e = power(x)
        let n = e * (e + 2)
        let inverse = 1 / (n + 2)
        return dy * ((n * inverse) + x * (4 * e * inverse) * ((1 + e) * inverse))
    }
}

/// x / (1 + |x|).
package struct Softsign: PointwiseFunction {
    package init() {}
    package var gradientReadsInput: Bool { true }
    @inline(__always) func value(_ x: Lanes) -> Lanes {
        // So that infinity is not divided by itself.
        let x = x.replacing(with: 1e30, where: x .> 1e30).replacing(with: -1e30, where: x .< -1e30)
        return x / (1 + absolute(x))
    }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes {
        let divisor = 1 + absolute(x)
        return dy / divisor / divisor
    }
}

/// eˣ.
package struct Exponential: PointwiseFunction {
    package init() {}
    @inline(__always) func value(_ x: Lanes) -> Lanes { exponential(x) }
    @inline(__always) func backward(_ y: Lanes, _ dy: Lanes) -> Lanes { dy * y }
}
