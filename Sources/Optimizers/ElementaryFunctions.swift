// The few functions that schedules and bias corrections need, with the same bits whatever the C library.

/// A whole power by repeated squaring.
func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
    }
    return result
}

/// Any power of a positive base: 2 to the exponent · log₂ base.
package func power(_ base: Double, _ exponent: Double) -> Double {
    let logarithm = exponent * (Double(base.exponent) + naturalLogarithm(base.significand) * 1.442_695_040_888_963_4)
    guard logarithm < 1100 else { return .infinity }
    guard logarithm > -1100 else { return 0 }
    let whole = logarithm.rounded()
    let x = (logarithm - whole) * 0.693_147_180_559_945_3
    var series = 1.0
    for term in stride(from: 14.0, through: 1, by: -1) { series = 1 + series * x / term }
    return Double(sign: .plus, exponent: Int(whole), significand: series)
}

/// The logarithm of a number in [1, 2), by its series in (m − 1) / (m + 1).
private func naturalLogarithm(_ m: Double) -> Double {
    let t = (m - 1) / (m + 1)
    var series = 0.0
    for power in stride(from: 33.0, through: 1, by: -2) { series = series * (t * t) + 1 / power }
    return 2 * t * series
}

/// The cosine of an angle from 0 to π, given as a fraction of π.
func cosine(halfTurns: Double) -> Double {
    if halfTurns > 0.5 { return -cosine(halfTurns: 1 - halfTurns) }
    let square = (halfTurns * .pi) * (halfTurns * .pi)
    var series = 1.0
    for term in stride(from: 22.0, through: 2, by: -2) { series = 1 - series * square / (term * (term - 1)) }
    return series
}
