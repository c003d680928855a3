import Tensors

/// How often a value exists in a batch.
package enum Extent: Sendable, Hashable {
    /// Once for each image: activations and their gradients.
    case image
    /// Once for the whole batch: parameters, their gradients, statistics, the loss.
    case whole
}

/// What is known of a value before anything runs.
package struct ValueType: Sendable, Hashable {
    package let extent: Extent
    /// Of a value that every image has, the lengths for one image.
    package let shape: Shape

    /// How many floats the value has for a whole batch.
    package func floats(batch: Int) -> Int { shape.count * (extent == .image ? batch : 1) }

    package static func image(_ shape: Shape) -> ValueType { ValueType(extent: .image, shape: shape) }
    package static func whole(_ shape: Shape) -> ValueType { ValueType(extent: .whole, shape: shape) }
}

/// The result of a node: a name for data that exist while a program runs.
package struct Value: Sendable, Hashable {
    /// The number of the node in its graph.
    package let node: Int
    package let type: ValueType

    /// Of a value that every image has, the shape for one image.
    package var shape: Shape { type.shape }
}
