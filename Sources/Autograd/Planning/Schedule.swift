// When each node of a graph runs.
//
// Time is barrier 0, stage 0, barrier 1, stage 1, …: numbers 0, 1, 2, 3, … A *stage* treats images independently, a few at
// a time; a *barrier* is what needs the whole batch: sums over it, and work on values that exist once. Every node runs as
// early as its inputs allow, so that forward and backward pass of a net without batch statistics are one single stage.

/// A moment of a program's run.
struct Moment: Comparable {
    /// Even for barriers, odd for stages; −1 before the run.
    let time: Int

    static let before = Moment(time: -1)
    static func barrier(_ index: Int) -> Moment { Moment(time: 2 * index) }
    static func stage(_ index: Int) -> Moment { Moment(time: 2 * index + 1) }
    static func < (a: Moment, b: Moment) -> Bool { a.time < b.time }

    /// The stage, where it is one.
    var stage: Int { time / 2 }
}

/// The nodes that a program needs, in the order in which they run.
struct Schedule {
    let graph: Graph
    /// Whether an output depends on the node.
    let isNeeded: [Bool]
    /// When each node's result is complete. A sum is added up in the stage before.
    let completion: [Moment]
    /// When each node's operation sees the images; for whole operations, its completion.
    let execution: [Moment]
    /// How many others of its barrier come before a node.
    let depth: [Int]
    let stageCount: Int

    init(_ graph: Graph, outputs: [Value]) {
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
            guard case .operation(let operation) = node.origin else { continue }
            if operation is any WholeOperation {
                // What a stage computes for its images is complete at the barrier behind it.
                let barrier = node.inputs.map { (completion[$0.node].time + 1) / 2 }.max() ?? 0
                let moment = Moment.barrier(max(0, barrier))
                completion[index] = moment
                execution[index] = moment
                depth[index] =
                    (node.inputs.filter { completion[$0.node] == moment }.map { depth[$0.node] }.max() ?? -1) + 1
            } else {
                let stage = node.inputs.map { completion[$0.node].time / 2 }.max() ?? 0
                execution[index] = .stage(max(0, stage))
                completion[index] =
                    operation is any SumOperation ? .barrier(max(0, stage) + 1) : execution[index]
            }
        }
        self.isNeeded = isNeeded
        self.completion = completion
        self.execution = execution
        self.depth = depth
        stageCount = (zip(execution, isNeeded).filter { $0.1 && $0.0.time % 2 == 1 }.map { $0.0.stage }.max() ?? -1) + 1
    }

    /// Needed nodes whose operation runs in a stage, in order.
    func nodes(inStage stage: Int) -> [Int] {
        graph.nodes.indices.filter { isNeeded[$0] && execution[$0] == .stage(stage) }
    }
}
