/// Where two results part, with both numbers; nil if they agree in every bit (any NaN agrees with any other).
package func firstDifference(_ results: [Float]?, _ expected: [Float]) -> String? {
    guard let results else { return "written beside the memory" }
    guard results.count == expected.count else { return "\(results.count) numbers instead of \(expected.count)" }
    for (index, (result, wanted)) in zip(results, expected).enumerated()
    where result.bitPattern != wanted.bitPattern && !(result.isNaN && wanted.isNaN) {
        return "[\(index)]: \(result) instead of \(wanted)"
    }
    return nil
}

/// The largest magnitude of some numbers, but at least this.
package func largestMagnitude(_ values: [Float], atLeast least: Float = 0) -> Float {
    values.reduce(least) { max($0, $1.magnitude) }
}

/// The largest difference of two results; infinite where one of them is no number.
package func largestDifference(_ results: [Float], _ expected: [Float]) -> Float {
    guard results.count == expected.count else { return .infinity }
    return zip(results, expected).reduce(0) { worst, pair in
        let error = (pair.0 - pair.1).magnitude
        return error.isNaN ? .infinity : max(worst, error)
    }
}

/// Whether there are numbers, and all of them finite.
package func areFinite(_ values: [Float]) -> Bool { !values.isEmpty && values.allSatisfy { $0.isFinite } }

/// The largest difference of two results, in parts of the largest expected magnitude.
package func relativeError(_ results: [Float]?, _ expected: [Double]) -> Double {
    guard let results, results.count == expected.count else { return .infinity }
    let scale = expected.reduce(1e-30) { max($0, $1.magnitude) }
    return zip(results, expected).reduce(0) { worst, pair in
        let error = (Double(pair.0) - pair.1).magnitude / scale
        return error.isNaN ? .infinity : max(worst, error)
    }
}

/// The length of the difference of two results, in parts of the length of what was expected.
package func relativeDistance(_ results: [Float]?, _ expected: [Double]) -> Double {
    guard let results, results.count == expected.count else { return .infinity }
    let squares = zip(results, expected).reduce(into: (error: 0.0, length: 1e-60)) { sums, pair in
        let error = Double(pair.0) - pair.1
        sums.error += error * error
        sums.length += pair.1 * pair.1
    }
    let distance = (squares.error / squares.length).squareRoot()
    return distance.isNaN ? .infinity : distance
}

/// The largest distance of a function's results from the truth in units of the last place of the truth, and where it occurs.
package struct UlpError: CustomStringConvertible {
    /// Units in the last place.
    package private(set) var ulps = 0.0
    /// The argument with the largest error.
    package private(set) var argument: Float = 0

    /// Compares at every argument; below 2 to the `floor`, units no longer shrink with the truth.
    package init(
        at arguments: [Float], floor: Int, _ function: (_ x: [Float]) -> [Float], _ truth: (Double) -> Double
    ) {
        for (argument, result) in zip(arguments, function(arguments)) {
            let exact = truth(Double(argument))
            let unit = Double(sign: .plus, exponent: max(Int(exact.exponent), floor) - 23, significand: 1)
            let error = (Double(result) - exact).magnitude / unit
            if !(error <= ulps) {
                ulps = error
                self.argument = argument
            }
        }
    }

    /// Error and place.
    package var description: String { "\(ulps) ulps at \(argument)" }
}

/// Floats from one number to another, `step` neighbours apart: as dense where numbers are small as where they are large.
package func sweep(_ range: ClosedRange<Float>, every step: Int) -> [Float] {
    /// Neighbouring floats have neighbouring ranks.
    func rank(_ x: Float) -> Int {
        x.sign == .minus ? -Int(x.magnitude.bitPattern) : Int(x.bitPattern)
    }
    func float(_ rank: Int) -> Float {
        rank < 0 ? -Float(bitPattern: UInt32(-rank)) : Float(bitPattern: UInt32(rank))
    }
    return stride(from: rank(range.lowerBound), to: rank(range.upperBound), by: step).map(float) + [range.upperBound]
}
