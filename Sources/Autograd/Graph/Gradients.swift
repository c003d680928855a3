import Tensors

extension Graph {
    /// Appends the backward pass: the gradients of a whole scalar with respect to some values, as ordinary nodes.
    ///
    /// Walks the nodes backwards. What a node's result contributes to the loss is known when it is reached, because all
    /// its readers come later; the node's own rule passes it on to its inputs. Nodes that do not lead to anything wanted are
    /// never visited: the first convolution's input gradient is not computed.
    package mutating func gradients(of loss: Value, withRespectTo targets: [Value]) throws(ShapeError) -> [Value] {
        guard loss.type == .whole(Shape()) else {
            throw ShapeError("only a single number has gradients, not a value of shape", loss.shape)
        }
        return try gradients(of: loss, upstream: try apply(Constant(1)), withRespectTo: targets)
    }

    /// The same for any value whose own gradient is given.
    package mutating func gradients(
        of loss: Value, upstream: Value, withRespectTo targets: [Value]
    ) throws(ShapeError) -> [Value] {
        let leads = leadsTo(Set(targets.map(\.node)), upTo: loss.node)
        let recording = layer
        defer { layer = recording }
        var contributions: [Int: Value] = [loss.node: upstream]
        for index in stride(from: loss.node, through: 0, by: -1) where leads[index] {
            guard let upstream = contributions[index], case .operation(let operation) = nodes[index].origin else {
                continue
            }
            let node = nodes[index]
            layer = node.layer
            let request = GradientRequest(
                inputs: node.inputs, output: Value(node: index, type: node.type), upstream: upstream,
                wanted: node.inputs.map { leads[$0.node] })
            for (input, gradient) in zip(node.inputs, try operation.gradients(request, in: &self)) {
                guard let gradient, leads[input.node] else { continue }
                contributions[input.node] =
                    if let earlier = contributions[input.node] { try sum(earlier, gradient) } else { gradient }
            }
        }
        return try targets.map { target throws(ShapeError) in
            if let gradient = contributions[target.node] { return gradient }
            throw ShapeError(
                layer: nodes[target.node].layer, "the loss does not depend on the value of shape", target.shape)
        }
    }

    /// The sum of two values of the same type.
    package mutating func sum(_ a: Value, _ b: Value) throws(ShapeError) -> Value {
        a.type.extent == .image ? try apply(AddElements(a, b), to: a, b) : try apply(AddWhole(a, b), to: a, b)
    }

    /// For every node up to one, whether a target can be reached from it through inputs.
    private func leadsTo(_ targets: Set<Int>, upTo last: Int) -> [Bool] {
        var leads = [Bool](repeating: false, count: last + 1)
        for index in 0...last {
            leads[index] = targets.contains(index) || nodes[index].inputs.contains { leads[$0.node] }
        }
        return leads
    }
}
