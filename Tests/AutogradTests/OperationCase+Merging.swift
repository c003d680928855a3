import Autograd
import Kernels
import Tensors
import TestSupport

extension OperationCase {
    /// Two values of one shape, or of shapes that are repeated to one, merged by an operation.
    private static func pair(
        _ name: String, _ a: Shape = Shape(3, 2, 5), _ b: Shape = Shape(3, 2, 5), isSpaced: Bool = false,
        _ merge: @escaping @Sendable (inout Graph, Value, Value) throws -> Value
    ) -> OperationCase {
        OperationCase("\(name) of \(a) and \(b)") { batch in
            // With a kink where both are equal, they are far from each other.
            isSpaced
                ? [.spacedImages(a, batch: batch), .images(b, batch: batch, in: 0...0).fixed]
                : [.images(a, batch: batch), .images(b, batch: batch)]
        } record: { graph, values in
            let shape = try Broadcast.shape(a, b)
            return try merge(
                &graph, graph.broadcast(values[0], to: shape), graph.broadcast(values[1], to: shape))
        }
    }

    private static func concatenation(_ a: Shape, _ b: Shape, axis: Int) -> OperationCase {
        OperationCase("\(a) and \(b) side by side along axis \(axis)") { batch in
            [.images(a, batch: batch), .images(b, batch: batch)]
        } record: { graph, values in
            try graph.apply(ConcatenatePair(values[0], values[1], axis: axis), to: values[0], values[1])
        }
    }

    static let merges =
        [
            pair("difference") { try $0.apply(SubtractElements($1, $2), to: $1, $2) },
            pair("product") { try $0.apply(MultiplyElements($1, $2), to: $1, $2) },
            pair("maximum", isSpaced: true) { try $0.apply(MaximumOfElements($1, $2), to: $1, $2) },
            concatenation(Shape(3, 2, 5), Shape(3, 2, 1), axis: 2),
            concatenation(Shape(3, 2, 5), Shape(3, 4, 5), axis: 1),
            concatenation(Shape(1, 2, 17), Shape(3, 2, 17), axis: 0),
            concatenation(Shape(7), Shape(33), axis: 0),
            OperationCase("cross-entropy of probabilities") { batch in
                [.images(Shape(7), batch: batch, in: 0.2...0.9), .labels(classes: 7, batch: batch)]
            } record: {
                try $0.apply(ProbabilityCrossEntropy($1[0], labels: $1[1], smoothing: 0.2), to: $1[0], $1[1])
            },
        ]
        + [
            (Shape(3, 2, 5), Shape(1, 1, 5)), (Shape(3, 2, 5), Shape(3, 2, 1)), (Shape(3, 2, 17), Shape(17)),
            (Shape(3, 1, 5), Shape(1, 2, 5)), (Shape(1, 1, 1), Shape(3, 2, 5)), (Shape(4), Shape(2, 3, 1)),
        ].map { a, b in
            pair("product", a, b) { try $0.apply(MultiplyElements($1, $2), to: $1, $2) }
        }
}
