// Gradients of several batches in one step, and parameters that change places with their averages.
// Limit: loads and stores.

extension UpdateMemory {
    /// Adds a share of the gradients to a slot, or overwrites what is there.
    package func gather(_ range: Range<Int>, inSlot slot: Int, share: Float, overwrites: Bool) {
        let sums = self.slot(slot)
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: laneCount) {
            let count = min(laneCount, range.upperBound - offset)
            let part = (gradients + offset).lanes(count: count) * share
            (sums + offset).store(overwrites ? part : (sums + offset).lanes(count: count) + part, count: count)
        }
    }

    /// Moves a slot of moving averages a part of the way to the parameters, as an update does.
    package func average(_ range: Range<Int>, inSlot slot: Int, gain: Float) {
        let averages = self.slot(slot)
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: laneCount) {
            let count = min(laneCount, range.upperBound - offset)
            let average = (averages + offset).lanes(count: count)
            let distance = (parameters + offset).lanes(count: count) - average
            (averages + offset).store(average.adding(distance, times: Lanes(repeating: gain)), count: count)
        }
    }

    /// The same memory, with what a slot has gathered in place of the gradients.
    package func readingGradients(fromSlot slot: Int) -> UpdateMemory {
        UpdateMemory(
            parameters: parameters, gradients: self.slot(slot), slots: slots, scratch: scratch, count: count)
    }

    /// Puts what is in a slot into the parameters, and the parameters into the slot.
    package func exchangeParameters(withSlot slot: Int) {
        let others = self.slot(slot)
        for index in 0..<count { swap(&parameters[index], &others[index]) }
    }
}
