import Foundation
import Reporting

/// The event files of one folder, which TensorBoard shows as one run.
///
/// Every process adds a file of its own and leaves no step twice: what earlier ones wrote of steps that will be done
/// again is cut off, and so is what a process that was killed has left unfinished.
///
///     var log = try EventLog(in: "runs/warmup/tensorboard/train", from: 3)
///     try log.append(Event([.scalar("epoch_loss", 0.21)], step: 3, time: now))
package struct EventLog {
    /// The last step that earlier files tell of; nil where they tell of none.
    package let lastStep: Int?
    private let folder: String
    private let firstStep: Int
    private let writer: Writer
    /// Made with the first event; nil until then.
    private var path: String?

    /// Who writes, as the names of files say.
    package struct Writer: Sendable {
        let host: String
        let process: Int

        /// This process, unless another is given.
        package init(
            host: String = ProcessInfo.processInfo.hostName,
            process: Int = Int(ProcessInfo.processInfo.processIdentifier)
        ) {
            self.host = host
            self.process = process
        }
    }

    /// Cuts off what there is of a step and of later ones, and leaves nothing of a file that holds nothing else.
    package init(in folder: String, from step: Int, by writer: Writer = Writer()) throws(FileError) {
        self.folder = folder
        self.writer = writer
        firstStep = step
        var lastStep: Int?
        for path in Self.files(in: folder) {
            let file = try readFile(path, atMost: .max - 1)
            let kept = Self.kept(of: file, before: step)
            if kept.lastStep == nil {
                try removeFile(path)
            } else if kept.length < file.count {
                try truncateFile(path, to: kept.length)
            }
            lastStep = [lastStep, kept.lastStep].compactMap(\.self).max()
        }
        self.lastStep = lastStep
    }

    /// The part of a file whose records are whole and tell of earlier steps.
    static func kept(of file: [UInt8], before step: Int) -> (length: Int, lastStep: Int?) {
        var length = 0
        var lastStep: Int?
        while let (range, next) = EventRecord.data(in: file, from: length),
            let event = Event.outline(of: file[range]), event.step < step || !event.hasSummary && lastStep == nil
        {
            length = next
            if event.hasSummary { lastStep = max(lastStep ?? event.step, event.step) }
        }
        return (length, lastStep)
    }

    /// Adds an event with one call of the system, so that it is there as a whole unless the machine itself fails.
    package mutating func append(_ event: Event) throws(FileError) {
        if let path {
            try appendToFile(path, event.record)
        } else {
            try makeFolder(folder)
            let file = "\(folder)/\(nextName(at: event.time))"
            let start = lastStep.map { _ in Event.start(step: firstStep, time: event.time) }
            try appendToFile(file, Event.file([start, event].compactMap(\.self)))
            path = file
        }
    }

    /// TensorFlow's convention, `events.out.tfevents.<seconds>.<host>.<process>.<number>`, and later than every other
    /// name of the folder, because files are read in the order of their names.
    private func nextName(at time: Double) -> String {
        let times = Self.files(in: folder).compactMap { path in
            path.split(separator: "/").last.flatMap { Int($0.dropFirst(Self.prefix.count).prefix(10)) }
        }
        let seconds = max(Int(exactly: time.rounded(.down)) ?? 0, (times.max() ?? 0) + 1)
        let digits = String(seconds)
        return Self.prefix + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
            + ".\(writer.host).\(writer.process).0"
    }

    private static let prefix = "events.out.tfevents."

    private static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted().map { "\(folder)/\($0)" }
    }
}
