import Kernels
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
    /// Whether there is one for each image or one in all.
    package let extent: Extent
    /// The lengths, of one image's part where there are many.
    package let shape: Shape

    /// A value for each image.
    package static func image(_ shape: Shape) -> ValueType { ValueType(extent: .image, shape: shape) }
    /// A value for the whole batch.
    package static func whole(_ shape: Shape) -> ValueType { ValueType(extent: .whole, shape: shape) }
}

/// The result of a node: a name for data that exist while a program runs.
package struct Value: Sendable, Hashable {
    let node: Int
    /// Extent and shape.
    package let type: ValueType

    /// The shape, of one image's part where there are many.
    package var shape: Shape { type.shape }
}

/// Where a node's data come from.
enum Origin: Sendable {
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
struct Node: Sendable {
    let origin: Origin
    let inputs: [Value]
    let type: ValueType
    /// The layer that recorded it.
    let layer: String
}

/// A recorded computation: every node after the nodes it reads.
///
/// Layers record their operations here, `gradients(of:withRespectTo:)` appends the backward pass as ordinary nodes, and a
/// `Program` runs the result.
///
///     var graph = Graph()
///     let x = try graph.feed("images", .image(Shape(784)))
///     let y = try graph.apply(Dense(hasBias: false), to: x, graph.parameter(weights))
package struct Graph: Sendable {
    private(set) var nodes: [Node] = []
    /// The parameters met so far, in the order in which they were made.
    package private(set) var parameters: [Parameter] = []
    /// The layer that records at the moment; errors and summaries name it.
    package var layer = ""

    /// An empty computation.
    package init() {}

    /// Data given with each batch.
    package mutating func feed(_ name: String, _ type: ValueType) throws(ShapeError) -> Value {
        try add(Node(origin: .feed(name), inputs: [], type: type, layer: layer))
    }

    /// A parameter as a value; asking twice gives the same value, so that layers may share it.
    package mutating func parameter(_ parameter: Parameter) throws(ShapeError) -> Value {
        for (index, node) in nodes.enumerated() {
            if case .parameter(parameter) = node.origin { return Value(node: index, type: node.type) }
        }
        let value = try add(
            Node(origin: .parameter(parameter), inputs: [], type: .whole(parameter.shape), layer: layer))
        parameters.append(parameter)
        return value
    }

    /// Records an operation. Its shape rule is asked now, so that misfits show, with the layer's name, before anything runs.
    package mutating func apply(
        _ operation: @autoclosure () throws(ShapeError) -> any Operation, to inputs: Value...
    ) throws(ShapeError) -> Value {
        try apply(try operation(), to: inputs)
    }

    /// Records an operation on any number of inputs.
    package mutating func apply(
        _ operation: @autoclosure () throws(ShapeError) -> any Operation, to inputs: [Value]
    ) throws(ShapeError) -> Value {
        do throws(ShapeError) {
            let operation = try operation()
            return try add(
                Node(origin: .operation(operation), inputs: inputs, type: operation.resultType, layer: layer))
        } catch {
            throw naming(error)
        }
    }

    /// What an operation notes for its gradient beside its result; only what is asked for is noted.
    mutating func byproduct(of value: Value) throws(ShapeError) -> Value {
        guard let type = (nodes[value.node].operation as? any ImageOperation)?.byproduct else {
            throw naming(ShapeError("has nothing beside its result", value.shape))
        }
        return try add(Node(origin: .byproduct, inputs: [value], type: type, layer: layer))
    }

    private mutating func add(_ node: Node) throws(ShapeError) -> Value {
        guard node.type.shape.count > 0 else {
            throw naming(ShapeError("would hold nothing, because an axis has length 0", node.type.shape))
        }
        guard node.type.shape.count < Shape.tooMany else {
            throw naming(ShapeError("would hold more numbers than any machine has memory for", node.type.shape))
        }
        nodes.append(node)
        return Value(node: nodes.count - 1, type: node.type)
    }

    func naming(_ error: ShapeError) -> ShapeError {
        var error = error
        if error.layer.isEmpty { error.layer = layer }
        return error
    }

    /// The parameter that a value stands for, if it does.
    package func parameter(of value: Value) -> Parameter? {
        if case .parameter(let parameter) = nodes[value.node].origin { return parameter }
        return nil
    }

    /// The argument of a softmax whose result a value is, so that a loss can be fused with it.
    package func logits(behind value: Value) -> Value? {
        guard case .operation(let operation) = nodes[value.node].origin, operation is Softmax else { return nil }
        return nodes[value.node].inputs[0]
    }

    /// The argument of a ReLU whose result a value is, so that a pool can do its work.
    func argument(ofReLU value: Value) -> Value? {
        let node = nodes[value.node]
        if let activation = node.operation as? Activation, activation.function is ReLU { return node.inputs[0] }
        guard let convolution = node.operation as? Convolution, convolution.rectifies else { return nil }
        // The convolution by itself was recorded before.
        return nodes[..<value.node].lastIndex {
            ($0.operation as? Convolution)?.rectifies == false && $0.inputs == node.inputs && $0.type == node.type
        }.map { Value(node: $0, type: node.type) }
    }

    /// The convolution whose result a value is, without a ReLU, and what it reads.
    func convolution(behind value: Value) -> (Convolution, inputs: [Value])? {
        guard let convolution = nodes[value.node].operation as? Convolution, !convolution.rectifies else { return nil }
        return (convolution, nodes[value.node].inputs)
    }

    /// The batch normalization whose result a value is, and what it reads.
    func normalization(behind value: Value) -> (Normalization, inputs: [Value])? {
        guard let operation = nodes[value.node].operation as? BatchNormalization else { return nil }
        return (operation.normalization, nodes[value.node].inputs)
    }

    /// Whether a value is given with each batch, perhaps in another shape: pictures, mostly, which have margins of zeros.
    func isFed(_ value: Value) -> Bool {
        if case .feed = nodes[beforeReshapes(value).node].origin { true } else { false }
    }

    /// The same numbers in the shape in which they were computed.
    func beforeReshapes(_ value: Value) -> Value {
        var value = value
        while nodes[value.node].operation is Reshape { value = nodes[value.node].inputs[0] }
        return value
    }

    /// The operation count of every node of one layer, for one image.
    package func flops(ofLayer layer: String) -> Int {
        nodes.filter { $0.layer == layer }.reduce(0) { $0 + ($1.operation?.flops ?? 0) }
    }

    /// The operation count of everything, for one image.
    package var flops: Int { nodes.reduce(0) { $0 + ($1.operation?.flops ?? 0) } }

    /// The node whose operation computes a node: itself, but for by-products.
    func producerIndex(of index: Int) -> Int {
        if case .byproduct = nodes[index].origin { nodes[index].inputs[0].node } else { index }
    }

    func producer(of index: Int) -> Node { nodes[producerIndex(of: index)] }

    /// The needed by-product of a node.
    func byproduct(of index: Int, in schedule: Schedule) -> Int? {
        nodes.indices.first { schedule.isNeeded[$0] && $0 != index && producerIndex(of: $0) == index }
    }

    /// One line a node, for readers: `%4 = Dense(%0, %1, %2) (10,)`.
    package var listing: String {
        nodes.enumerated().map { index, node in
            let what =
                switch node.origin {
                case .feed(let name): "feed \(name)"
                case .parameter(let parameter): "parameter \(parameter.name)"
                case .operation(let operation):
                    "\(operation.name)(\(node.inputs.map { "%\($0.node)" }.joined(separator: ", ")))"
                case .byproduct: "beside %\(node.inputs[0].node)"
                }
            return "%\(index) = \(what) \(node.type.extent == .image ? "each " : "")\(node.type.shape)"
        }.joined(separator: "\n")
    }
}
