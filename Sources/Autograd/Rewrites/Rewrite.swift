import Tensors

/// A way to compute a part of a graph better without changing what it means.
///
/// Layers record plain operations, one after the other. A rewrite recognizes some of them and puts others in their place. Each
/// has a file of its own here, which says what it matches, what it puts there, and why the numbers stay. Those that look at the
/// forward pass come before gradients are appended, so that what is joined has a joint gradient; the others look at forward and
/// backward pass together.
///
/// A new one is one file and a word in the list below.
package protocol Rewrite: Sendable {
    /// Looks at a computed node of the original graph; what takes its place in the new one, or nil to leave it alone.
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value?
}

extension Rewrite {
    /// The type's own name, in listings and tests.
    package var name: String { "\(Self.self)" }
}

/// The rewrites of one compilation; of those that match a node, the first wins.
package struct Rewrites: Sendable {
    /// Those that look at what layers recorded, before there are gradients.
    package let forward: [any Rewrite]
    /// Those that look at forward and backward pass together.
    package let backward: [any Rewrite]

    /// Everything that makes a model faster.
    package static let all = Rewrites(
        forward: [
            SoftmaxIntoLoss(), ConvolutionIntoPool(), NormalizationIntoPool(), ReLUIntoPool(), ReLUIntoConvolution(),
            NormalizationIntoConvolution(), ActivationIntoConvolution(), DropoutBehindReLU(), WideProducts(),
        ],
        backward: [GateBehindDropout(), GateIntoGradient(), NormalizationAgain()])

    /// Every operation as it was recorded.
    package static let none = Rewrites(forward: [], backward: [])

    package init(forward: [any Rewrite], backward: [any Rewrite]) {
        self.forward = forward
        self.backward = backward
    }
}

/// A computed node of the original graph, as rewrites see it.
package struct Match {
    let value: Value
    let operation: any Operation
    let inputs: [Value]
}

/// A graph on its way into another one, node by node.
package struct Rewriting {
    let original: Graph
    /// The new graph, as far as it goes.
    package private(set) var result = Graph()
    /// What stands for each node in the new graph.
    private var values: [Value] = []
    private let readers: [Int]
    /// When each node would run; known once somebody has asked.
    private var execution: [Moment]?

    /// Copies a graph, with whatever the rewrites put in the place of its nodes.
    package init(_ original: Graph, _ rewrites: [any Rewrite]) throws(ShapeError) {
        self.original = original
        var readers = [Int](repeating: 0, count: original.nodes.count)
        for node in original.nodes { for input in node.inputs { readers[input.node] += 1 } }
        self.readers = readers
        for (index, node) in original.nodes.enumerated() {
            result.layer = node.layer
            values.append(try value(for: node, index, rewrites))
        }
        result.layer = original.layer
    }

    /// What stands for a value of the original graph.
    package subscript(value: Value) -> Value { values[value.node] }

    private mutating func value(
        for node: Node, _ index: Int, _ rewrites: [any Rewrite]
    ) throws(ShapeError) -> Value {
        switch node.origin {
        case .feed(let name): return try result.feed(name, node.type)
        case .parameter(let parameter): return try result.parameter(parameter)
        case .byproduct: return try result.byproduct(of: self[node.inputs[0]])
        case .operation(let operation):
            let match = Match(
                value: Value(node: index, type: node.type), operation: operation, inputs: node.inputs)
            for rewrite in rewrites {
                if let value = try rewrite.replacement(of: match, in: &self) { return value }
            }
            return try put(operation, reading: node.inputs)
        }
    }

    /// Records an operation in the new graph that reads what stands for values of the original one.
    mutating func put(_ operation: any Operation, reading inputs: [Value]) throws(ShapeError) -> Value {
        try result.apply(operation, to: inputs.map { self[$0] })
    }

    /// The same for inputs of the new graph.
    mutating func put(_ operation: any Operation, readingNew inputs: [Value]) throws(ShapeError) -> Value {
        try result.apply(operation, to: inputs)
    }
}

extension Rewriting {
    /// The operation of the original graph whose result a value is.
    func operation(of value: Value) -> (any Operation)? { original.nodes[value.node].operation }

    /// When a value of the original graph is computed, which does not depend on what is wanted in the end.
    mutating func execution(of value: Value) -> Moment {
        if let execution { return execution[value.node] }
        let all = original.nodes.indices.map { Value(node: $0, type: original.nodes[$0].type) }
        let times = Schedule(original, outputs: all).execution
        execution = times
        return times[value.node]
    }

    /// What the operation read whose result a value is.
    func inputs(of value: Value) -> [Value] { original.nodes[value.node].inputs }

    /// Whether nobody else reads a value, so that it need not exist.
    func isReadOnce(_ value: Value) -> Bool { readers[value.node] == 1 }

    /// The same numbers in the shape in which they were computed.
    func beforeReshapes(_ value: Value) -> Value { original.beforeReshapes(value) }

    /// Whether a value is given with each batch, perhaps in another shape: pictures, mostly, which have margins of zeros.
    func isFed(_ value: Value) -> Bool {
        if case .feed = original.nodes[beforeReshapes(value).node].origin { true } else { false }
    }

    /// The argument of a ReLU whose result a value is, if it is one.
    func argument(ofReLU value: Value) -> Value? {
        guard let activation = operation(of: value) as? Activation, activation.isReLU else { return nil }
        return inputs(of: value)[0]
    }
}
