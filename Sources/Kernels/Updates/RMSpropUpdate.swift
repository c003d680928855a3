/// RMSprop: v follows the square of the gradient, and the step is rate · g / √(v + ε).
///
/// If centered, the square of the average gradient is subtracted from v first; with momentum, w follows a decaying sum of steps.
package struct RMSpropUpdate: LaneRule {
    let rate, rho, gain, momentum, epsilon: Float
    let centered: Bool

    /// Slots: v, then the momentum if it is not 0, then the average gradient if centered; the gain is 1 − ρ.
    package init(rate: Float, rho: Float, gain: Float, momentum: Float, epsilon: Float, centered: Bool) {
        self.rate = rate
        self.rho = rho
        self.gain = gain
        self.momentum = momentum
        self.epsilon = epsilon
        self.centered = centered
    }

    @inline(__always)
    func update(_ lanes: UpdateLanes) {
        let g = lanes.gradient
        let v = (lanes[0] * rho).adding(g * g, times: Lanes(repeating: gain))
        lanes.set(0, to: v)
        var variance = v
        if centered {
            let slot = momentum > 0 ? 2 : 1
            let average = (lanes[slot] * rho).adding(g, times: Lanes(repeating: gain))
            lanes.set(slot, to: average)
            variance = v - average * average
        }
        var step = g * rate / (variance + epsilon).squareRoot()
        if momentum > 0 {
            step = step.adding(lanes[1], times: Lanes(repeating: momentum))
            lanes.set(1, to: step)
        }
        lanes.subtract(step)
    }
}
