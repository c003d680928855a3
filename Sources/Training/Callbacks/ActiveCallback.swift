/// A callback together with what it remembers: what training consults and what a checkpoint stores.
///
/// A list of callbacks holds memories of different types; behind this protocol each callback meets only its own.
package protocol ActiveCallback: Sendable {
    associatedtype Memory: Codable & Sendable
    /// As configs name the callback.
    var name: String { get }
    var memory: Memory { get set }
    /// Why no run of so many epochs can have left this memory; nil for one that is possible.
    func misfit(after epochs: Int) -> String?
    mutating func epochBegan(_ epoch: Int, _ control: inout TrainingControl)
    mutating func epochEnded(_ record: EpochRecord, _ control: inout TrainingControl)
    mutating func trainingEnded(_ control: inout TrainingControl)
}

extension Callback {
    /// The callback as it is before the first epoch.
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
