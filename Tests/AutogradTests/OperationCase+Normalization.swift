import Autograd
import Tensors
import TestSupport

extension OperationCase {
    private static func normalization(_ image: Shape, gamma: Bool, beta: Bool, ownMoments: Bool) -> OperationCase {
        let name = "batch normalization \(image)\(gamma ? " γ" : "")\(beta ? " β" : "")"
        return OperationCase(name + (ownMoments ? "" : " with moving moments")) { batch in
            var inputs: [CheckedInput] = [.images(image, batch: batch, in: -1...3)]
            if !ownMoments {
                inputs.append(.parameter("mean", Shape(image.channels), in: 0...1).fixed)
                inputs.append(.parameter("variance", Shape(image.channels), in: 0.5...2).fixed)
            }
            if gamma { inputs.append(.parameter("gamma", Shape(image.channels), in: 0.5...2)) }
            if beta { inputs.append(.parameter("beta", Shape(image.channels))) }
            return inputs
        } record: { graph, values in
            let x = values[0]
            let normalization = Normalization(
                x, epsilon: 1e-3, hasGamma: gamma, hasBeta: beta, usesBatchStatistics: ownMoments)
            let moments =
                ownMoments
                ? try graph.apply(Moments(x), to: x)
                : try graph.apply(MovingMoments(channels: image.channels), to: values[1], values[2])
            let operation = Normalize(normalization)
            let others = values[(ownMoments ? 1 : 3)...]
            switch others.count {
            case 2: return try graph.apply(operation, to: x, moments, others.first!, others.last!)
            case 1: return try graph.apply(operation, to: x, moments, others.first!)
            default: return try graph.apply(operation, to: x, moments)
            }
        }
    }

    static let normalizations = [Shape(1, 1, 1), Shape(3, 2, 17), Shape(16), Shape(5, 5, 1)].flatMap { image in
        [(true, true), (true, false), (false, true), (false, false)].flatMap { gamma, beta in
            [true, false].map { normalization(image, gamma: gamma, beta: beta, ownMoments: $0) }
        }
    }
}
