/// Adagrad: a sums up the squares of all gradients, and w ← w − rate · g / √(a + ε).
package struct AdagradUpdate: LaneRule {
    let rate, epsilon: Float

    /// One slot, the sum, which may start above zero.
    package init(rate: Float, epsilon: Float) {
        self.rate = rate
        self.epsilon = epsilon
    }

    @inline(__always)
    func update(_ lanes: UpdateLanes) {
        let g = lanes.gradient
        let a = lanes[0].adding(g, times: g)
        lanes.set(0, to: a)
        lanes.subtract(g * rate / (a + epsilon).squareRoot())
    }
}
