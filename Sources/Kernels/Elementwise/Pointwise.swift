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
    let slope: Float
    package init(slope: Float) { self.slope = slope }
    package var gradientReadsInput: Bool { true }
    @inline(__always) func value(_ x: Lanes) -> Lanes { x.replacing(with: x * slope, where: x .< 0) }
    @inline(__always) func backward(_ x: Lanes, _ dy: Lanes) -> Lanes { dy.replacing(with: dy * slope, where: x .<= 0) }
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
    let alpha, scale: Float
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
