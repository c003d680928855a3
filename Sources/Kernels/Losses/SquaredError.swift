/// The mean of squared differences of every row.
package func squaredError(
    rows: Int, count: Int, prediction: UnsafePointer<Float>, target: UnsafePointer<Float>,
    losses: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        var sum: Float = 0
        for index in row * count..<(row + 1) * count {
            let difference = prediction[index] - target[index]
            sum = sum.adding(difference, times: difference)
        }
        losses[row] = sum / Float(count)
    }
}

/// dx = 2 (prediction − target) / count · the gradient of the row's loss.
package func squaredErrorGradient(
    rows: Int, count: Int, prediction: UnsafePointer<Float>, target: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let factor = 2 * dy[row] / Float(count)
        for index in row * count..<(row + 1) * count { dx[index] = (prediction[index] - target[index]) * factor }
    }
}
