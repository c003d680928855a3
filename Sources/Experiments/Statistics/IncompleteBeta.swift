import Foundation

/// The regularized incomplete beta function I_x(a, b): the share of a beta distribution that lies below x.
package func regularizedIncompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    regularizedIncompleteBeta(x, complement: 1 - x, a, b)
}

/// The same where 1 − x is known better than a subtraction would give it, as it is for x near 1.
func regularizedIncompleteBeta(_ x: Double, complement y: Double, _ a: Double, _ b: Double) -> Double {
    guard !x.isNaN, a > 0, b > 0 else { return .nan }
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    // The fraction converges fast on one side of the distribution's middle, and its mirror image on the other.
    let isLow = x < (a + 1) / (a + b + 2)
    let front = exp(a * logarithm(of: x, complement: y) + b * logarithm(of: y, complement: x) - logBeta(a, b))
    return isLow ? front * continuedFraction(x, a, b) / a : 1 - front * continuedFraction(y, b, a) / b
}

/// log x, from whichever of x and 1 − x is the smaller and therefore the more exact.
private func logarithm(of x: Double, complement y: Double) -> Double {
    x < 0.5 ? log(x) : log1p(-y)
}

/// Lentz's evaluation of the continued fraction of the incomplete beta function (DLMF 8.17.22).
private func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
    var result = d
    // It takes some multiple of the root of the larger parameter.
    for index in 1...100_000 {
        let m = Double(index)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / awayFromZero(1 + even * d)
        c = awayFromZero(1 + even / c)
        result *= d * c
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / awayFromZero(1 + odd * d)
        c = awayFromZero(1 + odd / c)
        result *= d * c
        if abs(d * c - 1) < 1e-16 { break }
    }
    return result
}

/// The logarithm of the beta function.
///
/// For large parameters the logarithms of gamma functions are large and nearly cancel, so their leading terms are
/// cancelled by hand.
func logBeta(_ a: Double, _ b: Double) -> Double {
    let (p, q) = (min(a, b), max(a, b))
    let share = p / (p + q)
    if p >= 10 {
        let rest = stirlingRest(p) + stirlingRest(q) - stirlingRest(p + q)
        return 0.5 * (log(2 * .pi) - log(q)) + rest + (p - 0.5) * log(share) + q * log1p(-share)
    }
    if q >= 10 {
        let rest = stirlingRest(q) - stirlingRest(p + q)
        return logGamma(p) + rest + p - p * log(p + q) + (q - 0.5) * log1p(-share)
    }
    return logGamma(p) + logGamma(q) - logGamma(p + q)
}

/// What Stirling's formula lacks of log Γ(x), for x from 10 (DLMF 5.11.1).
private func stirlingRest(_ x: Double) -> Double {
    let divisors: [Double] = [12, -360, 1260, -1680, 1188, -360_360.0 / 691, 156]
    let square = x * x
    var rest = 0.0
    for divisor in divisors.reversed() { rest = rest / square + 1 / divisor }
    return rest / x
}

/// Foundation's `lgamma` keeps the sign in a variable that all threads share; of a positive number it is known.
private func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}
