// The cross-entropy of class labels from probabilities, as Keras computes it where no logits are at hand: clipped away from 0 and 1,
// so that the logarithm stays finite. Softmax.swift has the better way from logits.

/// Probabilities are clipped to this distance from 0 and 1.
private let clip: Float = 1e-7

/// The loss of every row: −Σ target · log y, where a share `smoothing` of the target is spread over all classes.
package func probabilityCrossEntropy(
    rows: Int, classes: Int, smoothing: Float, y: UnsafePointer<Float>, labels: UnsafePointer<Float>,
    losses: UnsafeMutablePointer<Float>
) {
    let share = smoothing / Float(classes)
    for row in 0..<rows {
        let (y, label) = (y + row * classes, Int(labels[row]))
        var loss = -(1 - smoothing) * logarithm(Lanes(repeating: clipped(y[label])))[0]
        if smoothing > 0 {
            for index in 0..<classes { loss -= share * logarithm(Lanes(repeating: clipped(y[index])))[0] }
        }
        losses[row] = loss
    }
}

/// dy = −target / y · the gradient of the row's loss; zero where y was clipped.
package func probabilityCrossEntropyGradient(
    rows: Int, classes: Int, smoothing: Float, y: UnsafePointer<Float>, labels: UnsafePointer<Float>,
    upstream: UnsafePointer<Float>, dy: UnsafeMutablePointer<Float>
) {
    let share = smoothing / Float(classes)
    for row in 0..<rows {
        let label = Int(labels[row])
        for index in 0..<classes {
            let probability = y[row * classes + index]
            let target = index == label ? 1 - smoothing + share : share
            let isClipped = clipped(probability) != probability
            dy[row * classes + index] = isClipped ? 0 : -target / probability * upstream[row]
        }
    }
}

@inline(__always)
private func clipped(_ probability: Float) -> Float { min(max(probability, clip), 1 - clip) }
