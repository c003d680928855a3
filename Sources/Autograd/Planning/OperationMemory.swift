// What an operation asks of memory beside inputs and result, whichever way it runs.

extension Operation {
    /// Floats of working space per image, for those that run in stages.
    var workingSpace: Int {
        switch role {
        case .image(let operation): operation.space
        case .sum(let operation): operation.space
        case .whole: 0
        }
    }

    /// Floats of working space that do not depend on the group.
    var workingScratch: Int {
        switch role {
        case .image(let operation): operation.scratch
        case .sum(let operation): operation.scratch
        case .whole(let operation): operation.scratch
        }
    }

    /// Floats in which a worker gathers a shard's sum.
    var gatheredFloats: Int {
        if case .sum(let operation) = role { operation.gatheredFloats } else { 0 }
    }

    /// Floats of weights, or of sums for weights, that each group of images goes through.
    var weightFloats: Int {
        switch role {
        case .image(let operation): operation.preparation?.floats ?? 0
        case .sum(let operation): max(operation.partFloats, operation.gatheredFloats)
        case .whole: 0
        }
    }

    /// Floats of each shard's part of a sum.
    var sumFloats: Int {
        if case .sum(let operation) = role { operation.partFloats } else { 0 }
    }

    /// What is prepared before a stage.
    var stagePreparation: Preparation? {
        if case .image(let operation) = role { operation.preparation } else { nil }
    }
}
