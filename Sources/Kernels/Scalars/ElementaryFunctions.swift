// The few functions of single numbers that schedules, initializers and augmentation need, with the same bits whatever the C
// library.

/// A whole power by repeated squaring.
package func power(_ base: Double, _ exponent: Int) -> Double {
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
    let log2 = Double(base.exponent) + logarithm(ofSignificand: base.significand) * 1.442_695_040_888_963_4
    let powerOfTwo = exponent * log2
    guard powerOfTwo < 1100 else { return .infinity }
    guard powerOfTwo > -1100 else { return 0 }
    let whole = powerOfTwo.rounded()
    let x = (powerOfTwo - whole) * 0.693_147_180_559_945_3
    var series = 1.0
    for term in stride(from: 14.0, through: 1, by: -1) { series = 1 + series * x / term }
    return Double(sign: .plus, exponent: Int(whole), significand: series)
}

/// e to the power of x.
package func exponential(_ x: Double) -> Double { power(2.718_281_828_459_045, x) }

/// The natural logarithm of a number in [1, 2), with six terms more than `naturalLogarithm` has, because an exponent multiplies
/// its error. (They stay two: learning rates follow from this one's bits, initial weights from the other's.)
private func logarithm(ofSignificand m: Double) -> Double {
    let t = (m - 1) / (m + 1)
    var series = 0.0
    for power in stride(from: 33.0, through: 1, by: -2) { series = series * (t * t) + 1 / power }
    return 2 * t * series
}

/// The cosine of an angle from 0 to π, given as a fraction of π.
package func cosine(halfTurns: Double) -> Double {
    if halfTurns > 0.5 { return -cosine(halfTurns: 1 - halfTurns) }
    let square = (halfTurns * .pi) * (halfTurns * .pi)
    var series = 1.0
    for term in stride(from: 22.0, through: 2, by: -2) { series = 1 - series * square / (term * (term - 1)) }
    return series
}

/// Sine and cosine of a part of a full turn, with the same bits whatever the C library; exact for quarters.
package func sineAndCosine(turns: Double) -> (sine: Double, cosine: Double) {
    let quarter = (turns * 4).rounded()
    let angle = (turns * 4 - quarter) * .pi / 2
    let square = angle * angle
    var sine = 1.0
    var cosine = 1.0
    // At most an eighth of a turn: these terms are enough for a double.
    for term in stride(from: 16.0, through: 2, by: -2) {
        sine = 1 - sine * square / (term * (term + 1))
        cosine = 1 - cosine * square / (term * (term - 1))
    }
    sine *= angle
    switch Int(quarter) & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
}

/// The natural logarithm of a positive number, by its series in (m − 1) / (m + 1).
package func naturalLogarithm(_ x: Double) -> Double {
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.414_213_562_373_095 {
        mantissa /= 2
        exponent += 1
    }
    let t = (mantissa - 1) / (mantissa + 1)
    let t2 = t * t
    var sum = 0.0
    for k in stride(from: 21, through: 1, by: -2) {
        sum = sum * t2 + 1 / Double(k)
    }
    return 2 * t * sum + exponent * 0.693_147_180_559_945_3
}
