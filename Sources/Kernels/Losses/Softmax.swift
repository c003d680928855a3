// Softmax, alone and fused with the cross-entropy of class labels. Sums run over the classes in order, so they are the same
// for every vector width; only the exponentials are computed as vectors.
//
// Limit: none that is worth measuring for ten classes.

/// y = softmax(x) for every row; y may be x.
package func softmax(rows: Int, classes: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>) {
    for row in 0..<rows {
        let sum = shiftedExponentials(classes: classes, x: x + row * classes, y: y + row * classes)
        for index in row * classes..<(row + 1) * classes { y[index] /= sum }
    }
}

/// dx = y · (dy − Σ dy · y) for every row; dx may be dy.
package func softmaxGradient(
    rows: Int, classes: Int, y: UnsafePointer<Float>, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let start = row * classes
        var sum: Float = 0
        for index in start..<start + classes { sum = sum.adding(dy[index], times: y[index]) }
        for index in start..<start + classes { dx[index] = y[index] * (dy[index] - sum) }
    }
}

/// The loss of every row: −Σ target · log softmax(x), where a share `smoothing` of the target is spread over all classes.
package func crossEntropy(
    rows: Int, classes: Int, smoothing: Float, x: UnsafePointer<Float>, labels: UnsafePointer<Float>,
    losses: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let x = x + row * classes
        let largest = maximum(x, count: classes)
        let sum = shiftedExponentials(classes: classes, x: x, y: nil)
        let logSum = logarithm(Lanes(repeating: sum))[0]
        var loss = (1 - smoothing) * (logSum - (x[Int(labels[row])] - largest))
        if smoothing > 0 {
            var total: Float = 0
            for index in 0..<classes { total += logSum - (x[index] - largest) }
            loss += smoothing * (total / Float(classes))
        }
        losses[row] = loss
    }
}

/// dx = (softmax(x) − target) · the gradient of the row's loss.
package func crossEntropyGradient(
    rows: Int, classes: Int, smoothing: Float, x: UnsafePointer<Float>, labels: UnsafePointer<Float>,
    dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>
) {
    let share = smoothing / Float(classes)
    for row in 0..<rows {
        let label = Int(labels[row])
        let x = x + row * classes
        let dx = dx + row * classes
        let sum = shiftedExponentials(classes: classes, x: x, y: dx)
        for index in 0..<classes {
            let target = index == label ? 1 - smoothing + share : share
            dx[index] = (dx[index] / sum - target) * dy[row]
        }
    }
}

/// The sum of e^(x − max x); its terms are written to y if it is given. Softmax is the same when all scores are moved alike; with
/// the largest moved to zero, no term overflows.
private func shiftedExponentials(classes: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>?) -> Float {
    let largest = Lanes(repeating: maximum(x, count: classes))
    var sum: Float = 0
    forEachVector(classes) { offset, count in
        let terms = exponential((x + offset).lanes(count: count) - largest)
        if let y { (y + offset).store(terms, count: count) }
        for lane in 0..<count { sum += terms[lane] }
    }
    return sum
}

/// The largest of the values. It need not be NaN when one of them is: the sum of the exponentials will be.
private func maximum(_ x: UnsafePointer<Float>, count: Int) -> Float {
    var largest = x[0]
    for index in 1..<max(count, 1) where x[index] > largest { largest = x[index] }
    return largest
}
