import Autograd
import Schema
import Tensors

package struct Permute: UnaryLayer {
    var dims = [1]

    /// The order must be given.
    package init() {}

    package static let name = "Permute"
    package static let summary = "Puts axes into another order."
    package static var fields: [Field<Permute>] {
        [
            .required(
                "dims", \.dims, as: .list(of: Int.format(in: 1...16), count: 1...16),
                "the old axes, counted from 1, in their new order")
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        guard dims.sorted() != Array(1...dims.count) else { return }
        problems.append(place.problem(at: "dims", "must hold each number from 1 to \(dims.count) once"))
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try recorder.graph.apply(Permutation(x, axes: dims.map { $0 - 1 }), to: x)
    }
}
