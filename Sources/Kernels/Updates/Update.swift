// A step of an optimizer: one pass over parameters, gradients and slots, which is limited by loads and stores.
//
// All three are flat arrays of equal layout, and a rule looks at one parameter at a time. So any range may be updated by
// any thread, and however the arrays are cut into ranges, the bits are the same.

/// The arrays of one model that an update reads and writes.
package struct UpdateMemory {
    let parameters: UnsafeMutablePointer<Float>
    /// The gradients of all parameters.
    package let gradients: UnsafePointer<Float>
    private let slots: UnsafeMutablePointer<Float>
    /// Floats whose values matter only while a step lasts.
    package let scratch: UnsafeMutablePointer<Float>
    let count: Int
    private let slotStride: Int

    /// Slots lie one after the other, `slotStride` floats apart.
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

    /// Gives every parameter's slot the value it has before the first step.
    package func fillSlot(_ slot: Int, with value: Float) {
        self.slot(slot).update(repeating: value, count: count)
    }
}

/// What is done to gradients and parameters before any rule sees them; nothing, as it begins.
package struct UpdatePreparation: Sendable {
    /// Multiplies gradients: the clipping of their norm.
    package var gradientScale: Float = 1
    /// Cuts gradients off at ± this.
    package var gradientLimit: Float = .infinity
    /// The part of every parameter that is taken away.
    package var decay: Float = 0

    /// Leaves everything as it is.
    package init() {}
}

/// How a parameter changes with its gradient, with everything computed that is the same for all of them in a step.
package protocol UpdateRule: Sendable {
    /// Updates one range; ranges that do not overlap may be updated at the same time.
    func update(_ range: Range<Int>, of memory: UpdateMemory, after preparation: UpdatePreparation)
}

/// A rule that says what happens to one vector of parameters; the loop is written once.
protocol LaneRule: UpdateRule {
    func update(_ lanes: UpdateLanes)
}

extension LaneRule {
    /// Walks the range a vector at a time.
    package func update(_ range: Range<Int>, of memory: UpdateMemory, after preparation: UpdatePreparation) {
        // No closure: called from two places, it would not be inlined, which takes twice the time.
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
        // Comparisons that are false for NaN, so that it is passed on and noticed.
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

    /// Takes the decay and this step away from the parameters.
    @inline(__always)
    func subtract(_ step: Lanes) {
        let address = memory.parameters + offset
        let old = address.lanes(count: count)
        address.store(old.adding(old, times: Lanes(repeating: -preparation.decay)) - step, count: count)
    }
}
