import Autograd
import Schema
import Tensors

package struct ReshapeLayer: UnaryLayer {
    var targetShape = [-1]

    /// The shape must be given.
    package init() {}

    package static let name = "Reshape"
    package static let summary = "The same numbers under another shape."
    package static var fields: [Field<ReshapeLayer>] {
        [
            .required(
                "target_shape", \.targetShape, as: .list(of: Int.format(in: -1...1_000_000_000), count: 1...16),
                "the lengths, without the batch; one of them may be -1, for what is left")
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        if targetShape.contains(0) {
            problems.append(place.problem(at: "target_shape", "an axis of length 0 would hold nothing"))
        } else if targetShape.filter({ $0 == -1 }).count > 1 {
            problems.append(place.problem(at: "target_shape", "only one length may be -1"))
        }
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let known = Shape(targetShape.filter { $0 != -1 })
        guard targetShape.contains(-1) else { return try recorder.graph.apply(Reshape(x, to: known), to: x) }
        guard x.shape.count % known.count == 0 else {
            throw ShapeError(
                "no length in place of -1 makes the shapes equally large", Shape(targetShape), x.shape)
        }
        let shape = Shape(targetShape.map { $0 == -1 ? x.shape.count / known.count : $0 })
        return try recorder.graph.apply(Reshape(x, to: shape), to: x)
    }
}
