/// The mean of a power of some numbers.
package func moment(_ power: Int, of values: [Float]) -> Double {
    let sum = values.reduce(0.0) { sum, value in
        sum + (0..<power).reduce(1.0) { product, _ in product * Double(value) }
    }
    return sum / Double(values.count)
}

/// How many numbers are farther from zero than this.
package func countOfMagnitudes(above bound: Float, in values: [Float]) -> Int {
    values.count { $0.magnitude > bound }
}

/// The mean of the products of two sequences' numbers, as far as both go.
package func meanProduct(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } / Double(min(a.count, b.count))
}
