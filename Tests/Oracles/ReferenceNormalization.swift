// Batch normalization by its definition, in double precision: y = γ · x̂ + β with x̂ = (x − mean) / √(variance + ε).

/// What a batch normalization learns from its gradient, and what it passes on.
package struct NormalizationGradients {
    /// Of the images.
    package var dx: [Double]
    /// Of γ.
    package var gamma: [Double]
    /// Of β.
    package var beta: [Double]
}

extension Reference {
    /// Mean and (biased) variance of every channel.
    package static func moments(channels: Int, x: [Float]) -> (means: [Double], variances: [Double]) {
        let rows = x.count / channels
        var means: [Double] = []
        var variances: [Double] = []
        for channel in 0..<channels {
            let values = (0..<rows).map { Double(x[$0 * channels + channel]) }
            let mean = values.reduce(0, +) / Double(rows)
            means.append(mean)
            variances.append(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows))
        }
        return (means, variances)
    }

    /// y with the batch's own statistics.
    package static func normalize(
        channels: Int, epsilon: Double, x: [Float], gamma: [Float], beta: [Float]
    ) -> [Double] {
        let (means, variances) = moments(channels: channels, x: x)
        return x.indices.map { index in
            let channel = index % channels
            let normalized = (Double(x[index]) - means[channel]) / (variances[channel] + epsilon).squareRoot()
            return Double(gamma[channel]) * normalized + Double(beta[channel])
        }
    }

    /// dx = γ / √(variance + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)): the batch's statistics depend on x too.
    package static func normalizationGradients(
        channels: Int, epsilon: Double, x: [Float], dy: [Float], gamma: [Float]
    ) -> NormalizationGradients {
        let rows = x.count / channels
        let (means, variances) = moments(channels: channels, x: x)
        var result = NormalizationGradients(
            dx: Array(repeating: 0, count: x.count), gamma: Array(repeating: 0, count: channels),
            beta: Array(repeating: 0, count: channels))
        for channel in 0..<channels {
            let places = (0..<rows).map { $0 * channels + channel }
            let deviation = (variances[channel] + epsilon).squareRoot()
            let normalized = places.map { (Double(x[$0]) - means[channel]) / deviation }
            let dy = places.map { Double(dy[$0]) }
            result.beta[channel] = dy.reduce(0, +)
            result.gamma[channel] = zip(dy, normalized).reduce(0) { $0 + $1.0 * $1.1 }
            for (row, place) in places.enumerated() {
                let shared = (result.beta[channel] + normalized[row] * result.gamma[channel]) / Double(rows)
                result.dx[place] = Double(gamma[channel]) / deviation * (dy[row] - shared)
            }
        }
        return result
    }
}
