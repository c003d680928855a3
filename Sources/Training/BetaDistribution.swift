import Kernels
import Tensors

extension RandomSource {
    /// From the symmetric beta distribution: a part of the sum of two gamma-distributed numbers.
    func beta(_ alpha: Double, at index: Int) -> Double {
        let a = RandomSource(key: key, salt: UInt64(2 * index)).logGamma(alpha)
        let b = RandomSource(key: key, salt: UInt64(2 * index + 1)).logGamma(alpha)
        return 1 / (1 + exponential(b - a))
    }

    /// The logarithm of a gamma-distributed number, by Marsaglia and Tsang's rejection, which accepts nearly always.
    private func logGamma(_ shape: Double) -> Double {
        // A shape below 1 is one above it, made smaller: in logarithms, so that tiny numbers do not become zero.
        let boost = shape < 1 ? naturalLogarithm(openUniform(at: 0)) / shape : 0
        let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        for attempt in 0..<1000 {
            let x = normal(at: 2 * attempt + 1)
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            let logV = naturalLogarithm(v)
            if naturalLogarithm(openUniform(at: 2 * attempt + 2)) < x * x / 2 + d - d * v + d * logV {
                return naturalLogarithm(d) + logV + boost
            }
        }
        return naturalLogarithm(d) + boost
    }
}
