import Tensors

/// A graph in two parts: what is the same for an image whenever it is computed, and the rest, which reads it.
///
/// A value is fixed if it follows from an image and from parameters that nothing changes, without randomness and without the
/// other images of the batch: what a frozen network makes of an image. It needs to be computed only once for each image, however
/// often the rest is.
package struct GraphSplit {
    /// Computes the features.
    package private(set) var fixed = Graph()
    /// What the rest reads: values of `fixed`, in the order of the rest's feeds.
    package private(set) var features: [Value] = []
    /// Everything else; its feeds are the features and whatever of the original's it still reads.
    package private(set) var rest = Graph()
    /// What stands for each node in the rest.
    private var values: [Value?]

    /// The name of the feed through which the rest reads a feature.
    package static func feedName(_ index: Int) -> String { "feature \(index)" }

    /// Splits a graph of which some values are wanted.
    /// - Parameters:
    ///   - feeds: those that are given with an image and never differ.
    ///   - isUnchanged: whether nothing changes a parameter.
    package init(
        _ graph: Graph, feeds: Set<String>, isUnchanged: (Parameter) -> Bool, outputs: [Value]
    ) throws(ShapeError) {
        let nodes = graph.nodes
        let isFixed = graph.fixedNodes(feeds: feeds, isUnchanged: isUnchanged)
        var isWanted = [Bool](repeating: false, count: nodes.count)
        var isFeature = isWanted
        /// Only what exists for each image is worth a place of its own; what follows from parameters alone is computed in both.
        func want(_ node: Int) {
            if isFixed[node], nodes[node].type.extent == .image, !nodes[node].isFeed {
                isFeature[node] = true
            } else {
                isWanted[node] = true
            }
        }
        for output in outputs { want(output.node) }
        for index in nodes.indices.reversed() where isWanted[index] {
            for input in nodes[index].inputs { want(input.node) }
        }

        values = nodes.map { _ in nil }
        for (index, node) in nodes.enumerated() where isWanted[index] || isFeature[index] {
            rest.layer = node.layer
            if isFeature[index] {
                values[index] = try rest.feed(Self.feedName(features.count), node.type)
                features.append(Value(node: index, type: node.type))
            } else {
                values[index] = try rest.copy(node, reading: node.inputs.compactMap { values[$0.node] })
            }
        }
        rest.layer = graph.layer
        try copyFixed(graph)
    }

    /// Copies what the features need, and turns them into values of the copy.
    private mutating func copyFixed(_ graph: Graph) throws(ShapeError) {
        var isNeeded = [Bool](repeating: false, count: graph.nodes.count)
        for feature in features { isNeeded[feature.node] = true }
        for index in graph.nodes.indices.reversed() where isNeeded[index] {
            for input in graph.nodes[index].inputs { isNeeded[input.node] = true }
        }
        var copies: [Int: Value] = [:]
        for (index, node) in graph.nodes.enumerated() where isNeeded[index] {
            fixed.layer = node.layer
            copies[index] = try fixed.copy(node, reading: node.inputs.compactMap { copies[$0.node] })
        }
        features = features.compactMap { copies[$0.node] }
    }

    /// What stands in the rest for a wanted value of the original.
    package subscript(value: Value) -> Value { values[value.node] ?? value }

    /// Whether a feature costs so much more to compute than to fetch that keeping it is worth the memory.
    package var isWorthwhile: Bool {
        let floats = features.reduce(0) { $0 + $1.shape.count }
        return floats > 0 && fixed.flops >= Self.leastFlopsPerFloat * floats
    }

    /// Fetching a float from memory takes about as long as so many operations.
    private static let leastFlopsPerFloat = 64
}

extension Node {
    fileprivate var isFeed: Bool {
        if case .feed = origin { true } else { false }
    }
}

extension Graph {
    /// Which nodes have the same value for an image whenever they are computed, or for every batch.
    fileprivate func fixedNodes(feeds: Set<String>, isUnchanged: (Parameter) -> Bool) -> [Bool] {
        var fixed: [Bool] = []
        func isFixed(_ operation: any Operation, _ node: Node) -> Bool {
            // What exists once for the batch and reads images depends on which images there are.
            let mixesImages = node.type.extent == .whole && node.inputs.contains { $0.type.extent == .image }
            return !operation.isRandom && !mixesImages && node.inputs.allSatisfy { fixed[$0.node] }
        }
        for node in nodes {
            switch node.origin {
            case .feed(let name): fixed.append(feeds.contains(name))
            case .parameter(let parameter): fixed.append(isUnchanged(parameter))
            case .byproduct: fixed.append(false)
            case .operation(let operation): fixed.append(isFixed(operation, node))
            }
        }
        return fixed
    }

    /// Records a node of another graph, reading the given values.
    fileprivate mutating func copy(_ node: Node, reading inputs: [Value]) throws(ShapeError) -> Value {
        switch node.origin {
        case .feed(let name): return try feed(name, node.type)
        case .parameter(let parameter): return try self.parameter(parameter)
        case .byproduct: return try byproduct(of: inputs[0])
        case .operation(let operation): return try apply(operation, to: inputs)
        }
    }
}
