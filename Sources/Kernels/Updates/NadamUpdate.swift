/// Nadam: Adam whose step looks ahead, w ← w − (momentumRate · m + gradientRate · g) / (√(v · correction) + ε).
package struct NadamUpdate: LaneRule {
    let momentumRate, gradientRate, gain1, gain2, correction, epsilon: Float

    /// Two slots, m and v; the gains are 1 − β₁ and 1 − β₂.
    package init(
        momentumRate: Float, gradientRate: Float, gain1: Float, gain2: Float, correction: Float, epsilon: Float
    ) {
        self.momentumRate = momentumRate
        self.gradientRate = gradientRate
        self.gain1 = gain1
        self.gain2 = gain2
        self.correction = correction
        self.epsilon = epsilon
    }

    @inline(__always)
    func update(_ lanes: UpdateLanes) {
        let g = lanes.gradient
        let m = lanes[0].adding(g - lanes[0], times: Lanes(repeating: gain1))
        let v = lanes[1].adding(g * g - lanes[1], times: Lanes(repeating: gain2))
        lanes.set(0, to: m)
        lanes.set(1, to: v)
        let step = (m * momentumRate).adding(g, times: Lanes(repeating: gradientRate))
        lanes.subtract(step / ((v * correction).squareRoot() + epsilon))
    }
}
