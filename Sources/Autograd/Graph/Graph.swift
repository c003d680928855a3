import Tensors

/// A recorded computation: every node after the nodes it reads.
///
/// Layers record plain operations here. Rewrites join some of them, `gradients(of:withRespectTo:)` appends the backward pass
/// as ordinary nodes, and a `Program` runs the result.
///
///     var graph = Graph()
///     let x = try graph.feed("images", .image(Shape(784)))
///     let y = try graph.apply(MatrixProduct(x, weights: w, hasBias: false), to: x, w)
package struct Graph: Sendable {
    package private(set) var nodes: [Node] = []
    /// The parameters met so far, in the order in which they were made.
    package private(set) var parameters: [Parameter] = []
    private var parameterNodes: [Parameter: Int] = [:]
    private var declaredProbabilities: Set<Int> = []
    /// The layer that records at the moment; errors and summaries name it.
    package var layer = ""

    package init() {}

    /// Data given with each batch.
    package mutating func feed(_ name: String, _ type: ValueType) throws(ShapeError) -> Value {
        try add(Node(origin: .feed(name), inputs: [], type: type, layer: layer))
    }

    /// A parameter as a value; asking twice gives the same value, so that layers may share it.
    package mutating func parameter(_ parameter: Parameter) throws(ShapeError) -> Value {
        if let index = parameterNodes[parameter] { return Value(node: index, type: nodes[index].type) }
        let value = try add(
            Node(origin: .parameter(parameter), inputs: [], type: .whole(parameter.shape), layer: layer))
        parameterNodes[parameter] = value.node
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
        guard case .image(let operation)? = nodes[value.node].operation?.role, let type = operation.byproduct else {
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

    private func naming(_ error: ShapeError) -> ShapeError {
        var error = error
        if error.layer.isEmpty { error.layer = layer }
        return error
    }

    /// The parameter that a value stands for, if it does.
    package func parameter(of value: Value) -> Parameter? {
        if case .parameter(let parameter) = nodes[value.node].origin { return parameter }
        return nil
    }

    /// The result of the node with that number.
    package func result(of node: Int) -> Value { Value(node: node, type: nodes[node].type) }

    /// Whether a value is a probability for each class, and not a score that a softmax would have to turn into one.
    package func isProbability(_ value: Value) -> Bool {
        let node = nodes[value.node]
        if node.isView { return isProbability(node.inputs[0]) }
        return declaredProbabilities.contains(value.node) || node.operation?.yieldsProbabilities ?? false
    }

    /// What a softmax made a model's probabilities of; the value itself where it is no softmax's result.
    package func scores(behind value: Value) -> Value {
        let node = nodes[value.node]
        if node.isView { return scores(behind: node.inputs[0]) }
        let isSoftmax = node.operation?.yieldsProbabilities ?? false
        return isSoftmax && node.inputs.count == 1 ? node.inputs[0] : value
    }

    /// The same numbers in the shape in which they were computed.
    package func beforeReshapes(_ value: Value) -> Value {
        var value = value
        while nodes[value.node].isView { value = nodes[value.node].inputs[0] }
        return value
    }

    /// Notes that a value is a probability for each class, where its operation alone does not say so.
    package mutating func declareProbability(_ value: Value) { declaredProbabilities.insert(value.node) }
}
