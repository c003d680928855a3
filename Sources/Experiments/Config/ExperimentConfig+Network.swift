import Layers
import Reporting
import Schema
import Tensors

extension ExperimentConfig {
    /// The model as a phase trains it, for images of a shape; layers that do not fit are named with their places.
    func network(input: Shape, phase: Int = 0) throws -> Network {
        let phase = training.courses[phase]
        let network = try locatingMisfits {
            try Network(
                model.layers, input: input, loss: training.loss, learning: phase.selection,
                mixes: training.mixup != nil, classWeights: training.classWeights)
        }
        let unknownClass = training.classWeights?.problem(classes: network.classes)
        var problems = Problems(phase.problems(in: network) + [unknownClass].compactMap(\.self))
        problems.file = file.map { displayable($0) }
        if !problems.isEmpty { throw problems }
        return network
    }

    /// The model as each phase after the first trains it.
    func laterPhases(input: Shape) throws -> [Network] {
        try training.courses.indices.dropFirst().map { try network(input: input, phase: $0) }
    }

    /// The model for images of a shape that belong to so many classes; one that tells fewer apart does not fit either.
    func network(input: Shape, classes: Int, phase: Int = 0) throws -> Network {
        let network = try network(input: input, phase: phase)
        try locatingMisfits { try network.check(classes: classes) }
        return network
    }

    /// Layers that are neither learned nor given weights, and so stay as they were drawn: hardly what anybody wants.
    package func frozenAtRandom(_ summary: ModelSummary) -> Problems {
        var problems = Problems()
        problems.file = file.map { displayable($0) }
        let isGiven = model.initialWeights.map(model.selection) ?? { _ in false }
        let published = model.layers.published
        for row in summary.alwaysFrozen where row.application == nil && !isGiven(row.name) {
            guard let place = model.layers.place(named: row.name) else { continue }
            var remedy = "name a file in model.initial_weights"
            if let application = published.first(where: { $0.name == row.name })?.application {
                guard application.weights == nil else { continue }
                remedy = "say \"imagenet\" or name a file in \"weights\""
            } else if !row.parameters.contains(where: { $0.name.hasSuffix("kernel") }) {
                continue
            }
            problems.append(
                place.problem(
                    "\(row.name) does not learn and is given no weights, so it stays random", remedy: remedy))
        }
        return problems
    }

    /// Does something with the model, and says of shapes that do not fit where their layer was written.
    private func locatingMisfits<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ShapeError {
            guard let place = model.layers.place(named: error.layer) else { throw error }
            var problems = Problems([place.problem("\(error)")])
            problems.file = file.map { displayable($0) }
            throw problems
        }
    }
}
