/// Adam: m and v follow the gradient and its square, and w ← w − rate · m / (√v + ε); `rate` includes the bias correction.
///
/// AMSGrad divides by the largest v so far.
package struct AdamUpdate: LaneRule {
    let rate, gain1, gain2, epsilon: Float
    let amsgrad: Bool

    /// Two slots, m and v, and with AMSGrad a third; the gains are 1 − β₁ and 1 − β₂.
    package init(rate: Float, gain1: Float, gain2: Float, epsilon: Float, amsgrad: Bool) {
        self.rate = rate
        self.gain1 = gain1
        self.gain2 = gain2
        self.epsilon = epsilon
        self.amsgrad = amsgrad
    }

    @inline(__always)
    func update(_ lanes: UpdateLanes) {
        let g = lanes.gradient
        let m = lanes[0].adding(g - lanes[0], times: Lanes(repeating: gain1))
        var v = lanes[1].adding(g * g - lanes[1], times: Lanes(repeating: gain2))
        lanes.set(0, to: m)
        lanes.set(1, to: v)
        if amsgrad {
            let largest = lanes[2]
            v = v.replacing(with: largest, where: v .< largest)
            lanes.set(2, to: v)
        }
        lanes.subtract(m * rate / (v.squareRoot() + epsilon))
    }
}
