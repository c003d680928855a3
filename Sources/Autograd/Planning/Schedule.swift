// When each node of a graph runs.
//
// Time is barrier 0, stage 0, barrier 1, stage 1, …: numbers 0, 1, 2, 3, … A *stage* treats images independently, a few at
// a time; a *barrier* is what needs the whole batch: sums over it, and work on values that exist once. Every node runs as
// early as its inputs allow, so that forward and backward pass of a net without batch statistics and without wide dense layers
// (`WideMatrixProduct`) are one single stage.

/// A moment of a program's run.
package struct Moment: Comparable, Sendable {
    /// Even for barriers, odd for stages; −1 before the run.
    let time: Int

    static let before = Moment(time: -1)
    static func barrier(_ index: Int) -> Moment { Moment(time: 2 * index) }
    static func stage(_ index: Int) -> Moment { Moment(time: 2 * index + 1) }
    package static func < (a: Moment, b: Moment) -> Bool { a.time < b.time }

    /// The stage, where it is one.
    package var stage: Int { time / 2 }
}

/// The nodes that a program needs, in the order in which they run.
package struct Schedule: Sendable {
    package let graph: Graph
    /// Whether an output depends on the node.
    package let isNeeded: [Bool]
    /// When each node's result is complete. A sum is added up in the stage before.
    let completion: [Moment]
    /// When each node's operation sees the images; for whole operations, its completion.
    package let execution: [Moment]
    /// How many others of its barrier come before a node.
    let depth: [Int]
    let stageCount: Int
    /// The needed by-product of each node that has one.
    private let byproducts: [Int: Int]

    /// Of those nodes that outputs depend on.
    package init(_ graph: Graph, outputs: [Value]) {
        self.graph = graph
        let count = graph.nodes.count
        var isNeeded = [Bool](repeating: false, count: count)
        for output in outputs { isNeeded[output.node] = true }
        for index in (0..<count).reversed() where isNeeded[index] {
            for input in graph.nodes[index].inputs { isNeeded[input.node] = true }
        }

        var completion = [Moment](repeating: .before, count: count)
        var execution = completion
        var depth = [Int](repeating: 0, count: count)
        for (index, node) in graph.nodes.enumerated() where isNeeded[index] {
            if case .byproduct = node.origin {
                execution[index] = execution[node.inputs[0].node]
                completion[index] = completion[node.inputs[0].node]
            }
            switch node.operation?.role {
            case nil: break
            case .whole:
                // What a stage computes for its images is complete at the barrier behind it.
                let barrier = node.inputs.map { (completion[$0.node].time + 1) / 2 }.max() ?? 0
                let moment = Moment.barrier(max(0, barrier))
                completion[index] = moment
                execution[index] = moment
                depth[index] =
                    (node.inputs.filter { completion[$0.node] == moment }.map { depth[$0.node] }.max() ?? -1) + 1
            case .image:
                execution[index] = .stage(Self.stage(behind: node.inputs, completion))
                completion[index] = execution[index]
            case .sum:
                let stage = Self.stage(behind: node.inputs, completion)
                execution[index] = .stage(stage)
                completion[index] = .barrier(stage + 1)
            }
        }
        var byproducts: [Int: Int] = [:]
        for (index, node) in graph.nodes.enumerated() where isNeeded[index] {
            if case .byproduct = node.origin, byproducts[node.inputs[0].node] == nil {
                byproducts[node.inputs[0].node] = index
            }
        }
        self.byproducts = byproducts
        self.isNeeded = isNeeded
        self.completion = completion
        self.execution = execution
        self.depth = depth
        stageCount = (zip(execution, isNeeded).filter { $0.1 && $0.0.time % 2 == 1 }.map { $0.0.stage }.max() ?? -1) + 1
    }

    /// The first stage in which all inputs can be read.
    private static func stage(behind inputs: [Value], _ completion: [Moment]) -> Int {
        max(0, inputs.map { completion[$0.node].time / 2 }.max() ?? 0)
    }

    /// Needed nodes whose operation runs in a stage, in order.
    func nodes(inStage stage: Int) -> [Int] {
        graph.nodes.indices.filter { isNeeded[$0] && execution[$0] == .stage(stage) }
    }

    /// Floats of one shard's parts of all sums.
    var sumFloats: Int {
        graph.nodes.indices.reduce(0) { $0 + (isNeeded[$1] ? graph.nodes[$1].operation?.sumFloats ?? 0 : 0) }
    }

    /// The most pieces of any whole operation that needs scratch space.
    var scratchPieces: Int {
        graph.nodes.indices.reduce(0) { most, index in
            guard isNeeded[index], case .whole(let operation)? = graph.nodes[index].operation?.role else { return most }
            return operation.scratch > 0 ? max(most, operation.pieces) : most
        }
    }

    /// The node whose operation computes a node: itself, but for by-products.
    func producer(of index: Int) -> Int {
        if case .byproduct = graph.nodes[index].origin { graph.nodes[index].inputs[0].node } else { index }
    }

    /// What a node's operation notes beside its result, if anybody needs it.
    package func byproduct(of index: Int) -> Int? { byproducts[index] }
}
