import Kernels
import Tensors

/// A value repeated along axes in which it has length 1. Input: anything that each image has.
package struct Broadcast: ImageOperation {
    private let small: Shape
    private let axes: RepeatedAxes
    package let resultType: ValueType

    /// To a shape that `shape(_:_:)` has found.
    init(_ x: Value, to shape: Shape) {
        small = x.shape
        axes = RepeatedAxes(Self.aligned(x.shape, rank: shape.rank), in: shape.dimensions)
        resultType = .image(shape)
    }

    /// The shape of two values merged element by element: axes are matched from the last to the first, and a length of 1, or an
    /// axis that is lacking, stands for any length.
    package static func shape(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
        let rank = max(a.rank, b.rank)
        let pairs = zip(aligned(a, rank: rank), aligned(b, rank: rank))
        guard pairs.allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
            throw ShapeError("cannot be merged: lengths must be equal, or 1", a, b)
        }
        let shape = Shape(pairs.map { max($0, $1) })
        guard shape.count < Shape.tooMany else {
            throw ShapeError("would hold more numbers together than any machine has memory for", a, b)
        }
        return shape
    }

    private static func aligned(_ shape: Shape, rank: Int) -> [Int] {
        [Int](repeating: 1, count: rank - shape.rank) + shape.dimensions
    }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(BroadcastGradient(axes: axes, resultType: .image(small)), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) { repeatAxes(axes, images: run.images, x: run.input(0), y: run.output) }
}

/// The sum of the gradients of each element's repetitions: a value that is read several times gets all of them. Input: the
/// gradient of the repetitions.
struct BroadcastGradient: ImageOperation {
    let axes: RepeatedAxes
    let resultType: ValueType

    var flops: Int { axes.count }

    func run(_ run: borrowing Run) { sumRepeatedAxes(axes, images: run.images, dy: run.input(0), dx: run.output) }
}

extension Graph {
    /// A value repeated to a shape, or itself where it has that shape.
    package mutating func broadcast(_ x: Value, to shape: Shape) throws(ShapeError) -> Value {
        x.shape == shape ? x : try apply(Broadcast(x, to: shape), to: x)
    }
}
