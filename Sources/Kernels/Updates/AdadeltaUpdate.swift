/// Adadelta: the step is g · √(d + ε) / √(a + ε), where a follows the square of the gradient and d that of the step.
package struct AdadeltaUpdate: LaneRule {
    let rate, rho, gain, epsilon: Float

    /// Two slots, a and d; the gain is 1 − ρ.
    package init(rate: Float, rho: Float, gain: Float, epsilon: Float) {
        self.rate = rate
        self.rho = rho
        self.gain = gain
        self.epsilon = epsilon
    }

    @inline(__always)
    func update(_ lanes: UpdateLanes) {
        let g = lanes.gradient
        let gain = Lanes(repeating: gain)
        let a = (lanes[0] * rho).adding(g * g, times: gain)
        let step = (lanes[1] + epsilon).squareRoot() * g / (a + epsilon).squareRoot()
        lanes.set(0, to: a)
        lanes.set(1, to: (lanes[1] * rho).adding(step * step, times: gain))
        lanes.subtract(step * rate)
    }
}
