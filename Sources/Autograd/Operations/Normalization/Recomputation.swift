import Kernels
import Tensors

/// The result of an operation once more, computed where the backward pass wants it instead of kept since the forward pass.
///
/// Writing to memory that is too large for caches, and fetching from there, take longer than a few multiplications. Inputs:
/// those of the operation, and a value whose only purpose is that it is known late.
struct Recomputation: ImageOperation {
    let operation: any ImageOperation

    var name: String { "\(operation.name)Again" }
    var resultType: ValueType { operation.resultType }
    var space: Int { operation.space }
    var scratch: Int { operation.scratch }
    var preparation: Preparation? { operation.preparation }

    func prepare(_ run: borrowing Run) { operation.prepare(run) }
    func run(_ run: borrowing Run) { operation.run(run) }
}

extension Graph {
    /// A value for a gradient rule to read, when another is known: computed again if that is less work than keeping it.
    mutating func again(_ value: Value, when other: Value) throws(ShapeError) -> Value {
        let node = nodes[value.node]
        guard let operation = node.operation as? BatchNormalization else { return value }
        // Within one stage, forward and backward pass take a few images through together, and nothing is kept anyway.
        let schedule = Schedule(self, outputs: [value, other])
        guard schedule.execution[value.node] < schedule.execution[other.node] else { return value }
        return try apply(Recomputation(operation: operation), to: node.inputs + [other])
    }
}
