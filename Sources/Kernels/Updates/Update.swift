// A step of an optimizer: one pass over parameters, gradients and slots.
//
// All three are flat arrays of the same layout, and a rule sees one parameter at a time. So any thread may update any range, and
// the bits do not depend on how the arrays are cut into ranges.
// Limit: loads and stores.

/// The arrays of one model that an update reads and writes.
package struct UpdateMemory {
    let parameters: UnsafeMutablePointer<Float>
    /// The gradients of all parameters.
    package let gradients: UnsafePointer<Float>
    let slots: UnsafeMutablePointer<Float>
    /// Floats that keep no values between steps.
    package let scratch: UnsafeMutablePointer<Float>
    let count: Int
    private let slotStride: Int

    /// Slots lie `slotStride` floats apart, so that each begins with a cache line.
    package init(
        parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>, slots: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, count: Int
    ) {
        self.parameters = parameters
        self.gradients = gradients
        self.slots = slots
        self.scratch = scratch
        self.count = count
        slotStride = Self.slotStride(parameters: count)
    }

    /// Floats from one slot to the next.
    package static func slotStride(parameters: Int) -> Int { roundedToLines(parameters) }

    /// The first float of a slot.
    @inline(__always)
    func slot(_ index: Int) -> UnsafeMutablePointer<Float> { slots + index * slotStride }

    /// Gives a slot of every parameter its value before the first step.
    package func fillSlot(_ slot: Int, with value: Float) {
        self.slot(slot).update(repeating: value, count: count)
    }
}

/// What is done to gradients and parameters around a rule; by default nothing.
package struct UpdatePreparation: Sendable {
    /// A factor for gradients, which clips their norm.
    package var gradientScale: Float = 1
    /// Gradients are clipped to ± this.
    package var gradientLimit: Float = .infinity
    /// The part of every parameter that is subtracted.
    package var decay: Float = 0
    /// How far a moving average of the parameters follows them; 0 where none is kept.
    package var averageGain: Float = 0
    /// The slot of the moving average.
    package var averageSlot = 0

    package init() {}
}

/// How a parameter changes with its gradient; coefficients that all parameters of a step share are computed before.
package protocol UpdateRule: Sendable {
    /// Updates one range; ranges that do not overlap may be updated at the same time.
    func update(_ range: Range<Int>, of memory: UpdateMemory, after preparation: UpdatePreparation)
}

/// A rule for one vector of parameters; the loop is written once.
protocol LaneRule: UpdateRule {
    func update(_ lanes: UpdateLanes)
}

extension LaneRule {
    package func update(_ range: Range<Int>, of memory: UpdateMemory, after preparation: UpdatePreparation) {
        // Not a closure: called from two places, it would not be inlined, which takes twice the time.
        var lanes = UpdateLanes(memory: memory, preparation: preparation, offset: range.lowerBound, count: laneCount)
        while lanes.offset + laneCount <= range.upperBound {
            update(lanes)
            lanes.offset += laneCount
        }
        guard lanes.offset < range.upperBound else { return }
        update(
            UpdateLanes(
                memory: memory, preparation: preparation, offset: lanes.offset, count: range.upperBound - lanes.offset))
    }
}

/// One vector of parameters, and the gradients and slots that belong to them.
struct UpdateLanes {
    let memory: UpdateMemory
    let preparation: UpdatePreparation
    var offset: Int
    let count: Int

    @inline(__always)
    var gradient: Lanes {
        let limit = preparation.gradientLimit
        let scaled = (memory.gradients + offset).lanes(count: count) * preparation.gradientScale
        // Comparisons that are false for NaN, so that it passes through and is noticed.
        return scaled.replacing(with: limit, where: scaled .> limit).replacing(with: -limit, where: scaled .< -limit)
    }

    @inline(__always)
    subscript(slot: Int) -> Lanes {
        (memory.slot(slot) + offset).lanes(count: count)
    }

    @inline(__always)
    func set(_ slot: Int, to value: Lanes) {
        (memory.slot(slot) + offset).store(value, count: count)
    }

    /// Subtracts the decay and this step from the parameters.
    @inline(__always)
    func subtract(_ step: Lanes) {
        let address = memory.parameters + offset
        let old = address.lanes(count: count)
        let new = old.adding(old, times: Lanes(repeating: -preparation.decay)) - step
        address.store(new, count: count)
        guard preparation.averageGain > 0 else { return }
        let average = self[preparation.averageSlot]
        set(
            preparation.averageSlot,
            to: average.adding(new - average, times: Lanes(repeating: preparation.averageGain)))
    }
}
