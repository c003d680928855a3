import Tensors

extension Graph {
    /// Backpropagation: appends the gradients of one number, the loss, with respect to some values, as ordinary nodes.
    ///
    /// The gradient of a value says how fast the loss changes with each of its elements. By the chain rule, where y = f(x),
    ///
    ///     ∂loss/∂x = ∂loss/∂y · ∂y/∂x,   summed over all operations that read x.
    ///
    /// So the walk starts at the loss, whose gradient with respect to itself is 1, and goes backwards. Readers were recorded
    /// after what they read: when a node is reached, all its readers have been passed, and its own gradient is complete. The
    /// operation's rule, `Operation.gradients`, turns that into gradients of its inputs, each of which is added to what other
    /// readers gave. The matrix ∂y/∂x is never formed; a rule records its product with ∂loss/∂y at once.
    ///
    /// One layer without a bias, z = x · w for 16 classes, and what is appended to it (`listing` shows any graph like this):
    ///
    ///     %0 = feed images each (784,)                         x
    ///     %1 = feed labels each (1,)
    ///     %2 = parameter dense/kernel (784, 16)                w
    ///     %3 = MatrixProduct(%0, %2) each (16,)                z
    ///     %4 = CrossEntropy(%3, %1) each ()                    the loss of each image
    ///     %5 = BatchMean(%4) ()                                the loss, and here backpropagation begins:
    ///     %6 = Constant() ()                                   ∂loss/∂loss = 1
    ///     %7 = BatchMeanGradient(%6) each ()                   ∂loss/∂%4 = 1 / images
    ///     %8 = CrossEntropyGradient(%3, %1, %7) each (16,)     ∂loss/∂z = (softmax(z) − target) / images
    ///     %9 = MatrixProductWeightGradient(%0, %8) (784, 16)   ∂loss/∂w = xᵀ · ∂loss/∂z
    ///
    /// Nodes from which no target can be reached are skipped, and of the others only the gradients that lead to a target are
    /// recorded: the first convolution gets the gradient of its kernel, but not that of the images.
    package mutating func gradients(of loss: Value, withRespectTo targets: [Value]) throws(ShapeError) -> [Value] {
        guard loss.type == .whole(Shape()) else {
            throw ShapeError("gradients start from a single number, the loss, not from a value of shape", loss.shape)
        }
        return try gradients(of: loss, upstream: try apply(Constant(1)), withRespectTo: targets)
    }

    /// The same from any value, whose own gradient is given as the seed.
    package mutating func gradients(
        of result: Value, upstream seed: Value, withRespectTo targets: [Value]
    ) throws(ShapeError) -> [Value] {
        let dependsOnTarget = dependence(on: Set(targets.map(\.node)), upTo: result.node)
        let outer = layer
        defer { layer = outer }
        var gradientOfNode: [Int: Value] = [result.node: seed]
        for index in stride(from: result.node, through: 0, by: -1) where dependsOnTarget[index] {
            guard let upstream = gradientOfNode[index], case .operation(let operation) = nodes[index].origin else {
                continue
            }
            let node = nodes[index]
            layer = node.layer
            let request = GradientRequest(
                inputs: node.inputs, output: Value(node: index, type: node.type), upstream: upstream,
                wanted: node.inputs.map { dependsOnTarget[$0.node] })
            for (input, gradient) in zip(node.inputs, try operation.gradients(request, in: &self)) {
                guard let gradient, dependsOnTarget[input.node] else { continue }
                gradientOfNode[input.node] =
                    if let earlier = gradientOfNode[input.node] { try sum(earlier, gradient) } else { gradient }
            }
        }
        return try targets.map { target throws(ShapeError) in
            if let gradient = gradientOfNode[target.node] { return gradient }
            throw ShapeError(
                layer: nodes[target.node].layer, "the loss does not depend on the value of shape", target.shape)
        }
    }

    /// The sum of two values of the same type.
    package mutating func sum(_ a: Value, _ b: Value) throws(ShapeError) -> Value {
        a.type.extent == .image ? try apply(AddElements(a, b), to: a, b) : try apply(AddWhole(a, b), to: a, b)
    }

    /// Whether each node depends on a target, for all nodes up to `last`.
    private func dependence(on targets: Set<Int>, upTo last: Int) -> [Bool] {
        var depends = [Bool](repeating: false, count: last + 1)
        for index in 0...last {
            depends[index] = targets.contains(index) || nodes[index].inputs.contains { depends[$0.node] }
        }
        return depends
    }
}
