/// One step of gradient descent with momentum and gains, as scikit-learn's.
package struct DescentStep {
    /// Multiplies attraction: what early exaggeration is.
    let exaggeration: Float
    /// 1 / Σ q
    let inverseSum: Float
    let rate: Float
    let momentum: Float

    package init(exaggeration: Float, inverseSum: Float, rate: Float, momentum: Float) {
        self.exaggeration = exaggeration
        self.inverseSum = inverseSum
        self.rate = rate
        self.momentum = momentum
    }

    /// Moves some points, and returns whether all are still at finite places. A coordinate's gain grows while it keeps
    /// its direction and shrinks when it turns.
    package func move(
        _ points: Range<Int>, _ positions: UnsafeMutablePointer<SIMD2<Float>>,
        attraction: UnsafePointer<SIMD2<Float>>, repulsion: UnsafePointer<SIMD2<Float>>,
        gains: UnsafeMutablePointer<SIMD2<Float>>, velocities: UnsafeMutablePointer<SIMD2<Float>>
    ) -> Bool {
        var nothing = SIMD2<Float>.zero
        for point in points {
            let gradient = 4 * (exaggeration * attraction[point] - inverseSum * repulsion[point])
            let keeps = gradient * velocities[point] .< 0
            let gain = pointwiseMax(
                (gains[point] * 0.8).replacing(with: gains[point] + 0.2, where: keeps), SIMD2(repeating: 0.01))
            let velocity = momentum * velocities[point] - rate * gain * gradient
            gains[point] = gain
            velocities[point] = velocity
            positions[point] += velocity
            // Not a number where the product is not zero.
            nothing += 0 * positions[point]
        }
        return nothing == .zero
    }
}
