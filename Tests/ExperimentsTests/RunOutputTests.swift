import Foundation
import Schema
import Synchronization
import Testing
import Training

@testable import Experiments

@Suite(.serialized) struct RunOutputTests {
    @Test func `a finished run directory holds the files of all outputs, but no checkpoint`() throws {
        let folder = try TemporaryFolder()
        let run = try SteppedRun.finish(in: folder.path, threads: 1, pausingAfter: [15])
        let names = try FileManager.default.contentsOfDirectory(atPath: run.path)
        #expect(Set(names) == Set(RunFile.allCases.map(\.rawValue)).subtracting(["checkpoint.safetensors"]))
        #expect(Set(RunFile.allCases).count == RunFile.allCases.count)
    }

    @Test func `an output that is left out leaves no file`() throws {
        let folder = try TemporaryFolder()
        let outputs = RunOutputs.all.filter { $0.files != [.confusion] }
        let run = try SteppedRun.start(in: folder.path, outputs: outputs)
        _ = try run.train(observers: []) { false }
        _ = try run.finish()
        #expect(!run.directory.has(.confusion) && run.directory.has(.result) && !run.directory.has(.checkpoint))
    }

    @Test func `a guard is asked before a checkpoint is written`() throws {
        let folder = try TemporaryFolder()
        let run = try SteppedRun.start(in: folder.path)
        // The third step is the first after which there would be a checkpoint.
        #expect(throws: ClaimLost.self) { try run.train(observers: [], after: [ThirdStep()]) { false } }
        #expect(!run.directory.has(.checkpoint))
    }

    /// Each moment is told to all outputs in their order: what the last one finds is what those before it have written.
    @Test func `the checkpoint comes last after an epoch, and the result last of what is finished`() throws {
        let folder = try TemporaryFolder()
        let outputs = RunOutputs.all
        let position = try #require(outputs.firstIndex { $0.files == [.result] })
        let witnessed = outputs[..<position] + [Witness.self] + outputs[position...]
        Witness.seen.withLock { $0 = [] }
        do {
            // Gone when it is interrupted, as the process would be.
            let run = try SteppedRun.start(in: folder.path, outputs: Array(witnessed))
            var steps = 0
            let outcome = try run.train(observers: []) {
                steps += 1
                return steps == 14
            }
            #expect(outcome == .interrupted)
        }
        let first = Witness.seen.withLock { $0 }
        // Before the checkpoint's turn it is still the one before: that of step 12, then that of the epoch.
        #expect(
            first == [
                "began:", "epoch 1: curves run checkpoint of step 12", "ended: curves run checkpoint of step 13",
            ])
        let resumed = try SteppedRun.start(in: folder.path, outputs: Array(witnessed))
        #expect(resumed.firstEpoch == 1)
        _ = try resumed.train(observers: []) { false }
        Witness.seen.withLock { $0 = [] }
        _ = try resumed.finish()
        #expect(Witness.seen.withLock { $0 } == ["finished: curves model confusion run checkpoint"])
        #expect(resumed.directory.has(.result) && !resumed.directory.has(.checkpoint))
    }
}

/// Ends a training with its third step.
private final class ThirdStep: TrainingObserver {
    private var steps = 0

    func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        guard case .step = event else { return }
        steps += 1
        if steps == 3 { throw ClaimLost() }
    }
}

/// Notes which files there are when its turn comes.
private struct Witness: RunOutput {
    static let files: [RunFile] = []
    static let seen = Mutex<[String]>([])

    func runBegan(_ run: RunView) { note("began", run) }
    func epochEnded(_ run: RunView) { note("epoch \(run.training.state.epoch)", run) }
    func trainingEnded(_ outcome: TrainingOutcome, _ run: RunView) { note("ended", run) }
    func finished(_ result: RunResult, _ run: RunView) { note("finished", run) }

    private func note(_ moment: String, _ run: RunView) {
        let files: [RunFile] = [.curves, .model, .confusion, .provenance, .result, .checkpoint]
        let there = files.filter { run.directory.has($0) && !(moment == "began" && $0 == .curves) }
        var names = there.map { String($0.rawValue.split(separator: ".").first ?? "") }.joined(separator: " ")
        if there.contains(.checkpoint), moment != "finished" {
            let reader = try? CheckpointReader(at: run.directory.path(of: .checkpoint))
            names += " of step \((try? reader?.integers("optimizer/steps", count: 1)[0]) ?? -1)"
        }
        Self.seen.withLock { $0.append(there.isEmpty ? "\(moment):" : "\(moment): \(names)") }
    }
}
