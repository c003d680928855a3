import Tensors

/// Where a node's data come from.
package enum Origin: Sendable {
    /// Given with each batch, under a name.
    case feed(String)
    /// Lies in a parameter's memory.
    case parameter(Parameter)
    /// Computed.
    case operation(any Operation)
    /// Computed beside the result of the node that is its only input.
    case byproduct
}

/// One line of the recorded computation.
package struct Node: Sendable {
    package let origin: Origin
    package let inputs: [Value]
    package let type: ValueType
    /// The layer that recorded it.
    package let layer: String

    /// What the node computes, if it computes.
    package var operation: (any Operation)? {
        if case .operation(let operation) = origin { return operation }
        return nil
    }

    /// Whether the result is the input under another shape.
    var isView: Bool {
        if case .image(let operation)? = operation?.role { operation.isView } else { false }
    }
}
