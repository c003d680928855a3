/// Gradient descent: w ← w − rate · g.
package struct SGDUpdate: LaneRule {
    let rate: Float

    /// Without momentum there are no slots.
    package init(rate: Float) { self.rate = rate }

    @inline(__always)
    func update(_ lanes: UpdateLanes) {
        lanes.subtract(lanes.gradient * rate)
    }
}

/// Gradient descent with momentum: m ← momentum · m − rate · g, and w ← w + m, or for Nesterov w + momentum · m − rate · g.
package struct MomentumUpdate: LaneRule {
    let rate, momentum: Float
    let nesterov: Bool

    /// One slot, the momentum.
    package init(rate: Float, momentum: Float, nesterov: Bool) {
        self.rate = rate
        self.momentum = momentum
        self.nesterov = nesterov
    }

    @inline(__always)
    func update(_ lanes: UpdateLanes) {
        let step = lanes.gradient * rate
        let m = lanes[0] * momentum - step
        lanes.set(0, to: m)
        lanes.subtract(nesterov ? step - m * momentum : -m)
    }
}
