import Machine
import Reporting

/// Why something is not begun: it needs more memory than the process was given.
package struct MemoryRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// What a process does with a model, or with whatever it is.
    package enum Task: String, Sendable {
        case training, evaluation, prediction
        case anything = "mnist-lab"
    }

    /// What memory is needed for, and what makes it less.
    struct Part: Sendable, Equatable {
        let purpose: String
        let bytes: Int
        let remedy: String
    }

    let task: Task
    let bytes: Int
    let given: Grant
    /// The largest first.
    let parts: [Part]

    init(_ task: Task, bytes: Int, given: Grant, parts: [Part]) {
        self.task = task
        self.bytes = bytes
        self.given = given
        self.parts = parts.filter { $0.bytes > 0 }.sorted { $0.bytes > $1.bytes }
    }

    /// Refuses to begin anything where not even the program has memory enough.
    package static func checkProgram(given: Grant = Given.toThisProcess.memory) throws(MemoryRefusal) {
        guard MemoryUse.program > given.amount else { return }
        throw MemoryRefusal(.anything, bytes: MemoryUse.program, given: given, parts: [.program])
    }

    /// One line: how much for what, the limit and who sets it, and the remedy.
    package var description: String {
        let limit =
            switch given.giver {
            case .machine: "the machine has"
            case .addressLimit: "\(given.giver) leaves"
            default: "\(given.giver) allows"
            }
        let purposes = parts.map { "\(byteSize($0.bytes)) for \($0.purpose)" }.joined(separator: ", ")
        let remedy = parts.first.map { "; \($0.remedy)" } ?? ""
        return "\(task.rawValue) needs \(byteSize(bytes)) of memory, more than the \(byteSize(given.amount)) that "
            + "\(limit): \(purposes)\(remedy)"
    }
}

extension MemoryRefusal.Part {
    static var program: MemoryRefusal.Part {
        MemoryRefusal.Part(purpose: "the program", bytes: MemoryUse.program, remedy: "raise the limit")
    }
}

extension ModelSummary {
    /// Refuses what needs more memory than was given, all purposes together.
    package func checkMemory(
        for task: MemoryRefusal.Task = .training, batch: Int, given: Grant = Given.toThisProcess.memory
    ) throws(MemoryRefusal) {
        let needed = task == .training ? memory.processPeak : memory.evaluationPeak
        guard needed > given.amount else { return }
        throw MemoryRefusal(
            task, bytes: needed, given: given, parts: task == .training ? partsOfTraining(batch) : partsOfEvaluation)
    }

    private func partsOfTraining(_ batch: Int) -> [MemoryRefusal.Part] {
        let model = memory.parameters + memory.gradients + memory.optimizer
        let features = memory.keepsFeaturesInFile ? 0 : memory.features
        let smallerBatch = "a smaller training.batch_size than \(batch) needs less"
        return commonParts + [
            .init(purpose: "activations", bytes: memory.activations, remedy: smallerBatch),
            .init(purpose: "parameters, gradients and optimizer", bytes: model, remedy: smallerLayers),
            .init(purpose: "kept features", bytes: features, remedy: "a smaller dataset.train_limit needs less"),
            .init(
                purpose: "batches", bytes: memory.trainingPeak - model - features - memory.activations,
                remedy: smallerBatch),
            .init(purpose: "copies of weights", bytes: memory.saving, remedy: smallerLayers),
        ]
    }

    private var partsOfEvaluation: [MemoryRefusal.Part] {
        commonParts + [
            .init(
                purpose: "activations", bytes: memory.inferencePeak - memory.parameters, remedy: smallerLayers),
            .init(purpose: "parameters", bytes: MemoryUse.readingCopies * memory.parameters, remedy: smallerLayers),
        ]
    }

    private var commonParts: [MemoryRefusal.Part] {
        [
            .program,
            .init(
                purpose: "the images", bytes: max(memory.loading, memory.data), remedy: "a smaller data set needs less"),
            .init(
                purpose: "the results", bytes: memory.results,
                remedy: "a model with fewer classes needs less, for the confusion matrix has a cell for every two"),
        ]
    }

    private var smallerLayers: String {
        let largest = rows.max { $0.parameterCount < $1.parameterCount }
        let name = largest.map { "; \($0.name) has most, \(grouped($0.parameterCount))" } ?? ""
        return "layers with fewer parameters need less\(name)"
    }
}
