/// Which values share memory: those that are the same numbers under another shape, and results that take over the memory
/// of an input nobody reads any more.
struct Sharing {
    private let schedule: Schedule
    private let outputs: Set<Int>
    private let external: Set<Int>
    private var readers: [[Int]]
    private(set) var storage: [Int]
    /// The values that lie in each storage.
    private var members: [[Int]]
    private(set) var isLocal: [Bool]

    init(_ schedule: Schedule, outputs: Set<Int>, external: Set<Int>) {
        self.schedule = schedule
        self.outputs = outputs
        self.external = external
        let nodes = schedule.graph.nodes
        storage = Array(nodes.indices)
        members = [[Int]](repeating: [], count: nodes.count)
        readers = [[Int]](repeating: [], count: nodes.count)
        isLocal = [Bool](repeating: false, count: nodes.count)
        for index in nodes.indices where schedule.isNeeded[index] {
            if nodes[index].isView { storage[index] = storage[nodes[index].inputs[0].node] }
            // A by-product comes from the computation, not from its result.
            if case .byproduct = nodes[index].origin { continue }
            for input in nodes[index].inputs { readers[storage[input.node]].append(index) }
        }
        for index in nodes.indices where schedule.isNeeded[index] && storage[index] == index {
            isLocal[index] = staysInStage(index)
        }
        for index in nodes.indices {
            isLocal[index] = isLocal[storage[index]]
            members[storage[index]].append(index)
        }
    }

    /// Whether a value is computed for each image and read in its own stage only.
    private func staysInStage(_ index: Int) -> Bool {
        let producer = schedule.graph.nodes[schedule.producer(of: index)]
        guard case .image? = producer.operation?.role, !external.contains(index), !isOutput(index) else { return false }
        return readers[index].allSatisfy { schedule.execution[$0] == schedule.execution[index] }
    }

    /// Whether a value, or another that shares its memory, must outlive the run.
    func isOutput(_ index: Int) -> Bool { outputs.contains { storage[$0] == storage[index] } }

    /// The last node that reads a storage.
    func lastReader(of index: Int) -> Int? { readers[storage[index]].max() }

    /// The last moment at which a storage is read.
    func lastMoment(of index: Int) -> Moment {
        readers[storage[index]].map { schedule.execution[$0] }.max() ?? schedule.completion[index]
    }

    /// Lets results take over inputs that they may overwrite, where the input's storage is read for the last time.
    mutating func overwrite() {
        let nodes = schedule.graph.nodes
        for index in nodes.indices where schedule.isNeeded[index] && isLocal[index] && storage[index] == index {
            guard case .image(let operation)? = nodes[index].operation?.role else { continue }
            for input in operation.overwritable {
                let other = storage[nodes[index].inputs[input].node]
                guard isLocal[other], schedule.execution[other] == schedule.execution[index],
                    readers[other].max() == index,
                    nodes[other].type.shape.count == nodes[index].type.shape.count,
                    // The same memory must not come in twice with only one of the inputs allowed to be overwritten.
                    nodes[index].inputs.indices.allSatisfy({
                        operation.overwritable.contains($0) || storage[nodes[index].inputs[$0].node] != other
                    })
                else { continue }
                merge(index, into: other)
                break
            }
        }
    }

    private mutating func merge(_ index: Int, into other: Int) {
        for node in members[index] { storage[node] = other }
        members[other] += members[index]
        readers[other] += readers[index]
    }
}
