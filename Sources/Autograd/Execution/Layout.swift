import Kernels
import Tensors

/// Turns a plan's offsets into addresses, and nodes into instructions.
struct Layout {
    private let schedule: Schedule
    private let plan: MemoryPlan
    private let arena: UnsafeMutablePointer<Float>
    private let parameters: Parameters
    private let targets: [Int: UnsafeMutablePointer<Float>]
    private let feeds: [(node: Int, name: String)]

    init(
        _ schedule: Schedule, plan: MemoryPlan, arena: UnsafeMutablePointer<Float>, parameters: Parameters,
        targets: [(value: Value, memory: UnsafeMutablePointer<Float>)]
    ) {
        self.schedule = schedule
        self.plan = plan
        self.arena = arena
        self.parameters = parameters
        self.targets = Dictionary(targets.map { ($0.value.node, $0.memory) }, uniquingKeysWith: { first, _ in first })
        feeds = schedule.graph.nodes.indices.compactMap { index in
            guard schedule.isNeeded[index], case .feed(let name) = schedule.graph.nodes[index].origin else {
                return nil
            }
            return (index, name)
        }
    }

    var feedNames: [String] { feeds.map(\.name) }
    var feedFloats: [Int] {
        feeds.map { schedule.graph.nodes[$0.node].type.shape.count * plan.partition.batch }
    }

    func location(of node: Int) -> Location {
        let type = schedule.graph.nodes[node].type
        let stride = type.extent == .image ? type.shape.count : 0
        if let memory = targets[node] { return Location(base: memory, imageStride: stride) }
        let owner = plan.storage[node]
        switch schedule.graph.nodes[owner].origin {
        case .feed:
            return Location(base: arena, imageStride: stride, feed: feeds.firstIndex { $0.node == owner })
        case .parameter(let parameter):
            return Location(base: parameters.address(of: parameter))
        case .operation, .byproduct:
            let isLocal = plan.isLocal[node]
            return Location(
                base: arena + plan.valueOffsets[owner, default: 0], imageStride: isLocal ? 0 : stride, isLocal: isLocal)
        }
    }

    private func instruction(_ index: Int) -> Instruction? {
        let node = schedule.graph.nodes[index]
        guard let operation = node.operation else { return nil }
        var memory = InstructionMemory(
            inputs: node.inputs.map { location(of: $0.node) }, output: location(of: index), rest: arena)
        memory.byproduct = schedule.byproduct(of: index).map(location)
        memory.space.base += plan.spaceOffsets[index, default: 0]
        memory.scratch.base += plan.scratchOffset
        memory.gathered.base += plan.gatheredOffsets[index, default: 0]
        memory.prepared += plan.preparedOffsets[index, default: 0]
        memory.parts += plan.partOffsets[index, default: 0]
        memory.partStride = roundedToLines(operation.sumFloats)
        return Instruction.make(operation, memory)
    }

    /// Barriers and stages in the order of time; what has nothing to do is left out.
    func regions(_ context: RunContext) -> [any Region] {
        var regions: [any Region] = []
        for index in 0...schedule.stageCount {
            for instructions in barrier(index) { regions.append(BarrierRegion(instructions, context)) }
            guard index < schedule.stageCount else { break }
            regions.append(StageRegion(schedule.nodes(inStage: index).compactMap(instruction), stage: index, context))
        }
        return regions.filter { $0.pieces > 0 }
    }

    /// A barrier's instructions, those in one array independent of each other.
    private func barrier(_ index: Int) -> [[Instruction]] {
        let moment = Moment.barrier(index)
        var waves: [[Instruction]] = []
        func add(_ node: Int, depth: Int) {
            guard let instruction = instruction(node), instruction.barrierPieces > 0 else { return }
            while waves.count <= depth { waves.append([]) }
            waves[depth].append(instruction)
        }
        for node in schedule.graph.nodes.indices where schedule.isNeeded[node] {
            if schedule.completion[node] == moment { add(node, depth: schedule.depth[node]) }
            if schedule.execution[node] == .stage(index), case .image? = schedule.graph.nodes[node].operation?.role {
                // Preparations wait for whole inputs that this barrier completes.
                let waits = schedule.graph.nodes[node].inputs.filter { schedule.completion[$0.node] == moment }
                add(node, depth: (waits.map { schedule.depth[$0.node] }.max() ?? -1) + 1)
            }
        }
        return waves.filter { !$0.isEmpty }
    }
}
