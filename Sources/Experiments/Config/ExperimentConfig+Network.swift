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
