/// A callback together with its memory: what training consults and what a checkpoint stores.
///
/// Callbacks have memories of different types; this protocol hides them, so that they fit into one list.
package protocol ActiveCallback: Sendable {
    associatedtype Memory: Codable & Sendable
    /// As configs name the callback.
    var name: String { get }
    var memory: Memory { get set }
    /// Why the memory cannot have come from a run of so many epochs; nil if it can.
    func misfit(after epochs: Int) -> String?
    mutating func epochBegan(_ epoch: Int, _ control: inout TrainingControl)
    mutating func epochEnded(_ record: EpochRecord, _ control: inout TrainingControl)
    mutating func trainingEnded(_ control: inout TrainingControl)
}

extension Callback {
    /// The callback with its initial memory.
    package var active: any ActiveCallback { Activity(callback: self, memory: initialMemory) }
}

private struct Activity<Subject: Callback>: ActiveCallback {
    let callback: Subject
    var memory: Subject.Memory

    var name: String { Subject.name }

    func misfit(after epochs: Int) -> String? { callback.misfit(of: memory, after: epochs) }

    mutating func epochBegan(_ epoch: Int, _ control: inout TrainingControl) {
        callback.epochBegan(epoch, &memory, &control)
    }

    mutating func epochEnded(_ record: EpochRecord, _ control: inout TrainingControl) {
        callback.epochEnded(record, &memory, &control)
    }

    mutating func trainingEnded(_ control: inout TrainingControl) { callback.trainingEnded(&memory, &control) }
}
