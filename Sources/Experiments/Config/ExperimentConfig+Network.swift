import Layers
import Reporting
import Schema
import Tensors

extension ExperimentConfig {
    /// The model for images of a shape; layers that do not fit are named with their places.
    func network(input: Shape) throws -> Network {
        try locatingMisfits { try Network(model.layers, input: input, loss: training.loss) }
    }

    /// The model for images of a shape that belong to so many classes; one that tells fewer apart does not fit either.
    func network(input: Shape, classes: Int) throws -> Network {
        let network = try network(input: input)
        try locatingMisfits { try network.check(classes: classes) }
        return network
    }

    /// Layers that are neither learned nor given weights, and so stay as they were drawn: hardly what anybody wants.
    package func frozenAtRandom(_ summary: ModelSummary) -> Problems {
        var problems = Problems()
        problems.file = file.map { displayable($0) }
        let isGiven = model.initialWeights.map(model.selection) ?? { _ in false }
        let published = model.layers.published
        for row in summary.rows where row.isFrozen && row.application == nil && !isGiven(row.name) {
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
