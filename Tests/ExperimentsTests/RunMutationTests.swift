import Exchange
import Foundation
import Reporting
import Schema
import TestSupport
import Testing

@testable import Experiments

/// Mutated files of experiments, runs and sweeps: read or refused, and never more than that.
@Suite struct RunMutationTests {
    @Test func `no mutated config is more than resolved or refused`() throws {
        let sweep = #"{ "grid": { "training.epochs": [1, 2] }, "repeats": 2 }"#
        let residual = #"{ "type": "Residual", "layers": [{ "type": "Activation", "activation": "relu" }] }"#
        let layers = #"{ "layers": [\#(residual), { "type": "Flatten" }, { "type": "Dense", "units": 10 }] }"#
        let files = [ConfigText("model", layers).text, TinySweep.text(sweep), SteppedRun.description.pretty]
            .map { Array($0.utf8) }
        let run = MutationRun("config", of: files, count: 1000) { text in
            let document = ConfigDocument(text, file: "c.json")
            let resolved = try document.resolved()
            let again = ConfigDocument(Array(resolved.json.pretty.utf8), file: "c.json")
            guard try again.resolved().json == resolved.json else {
                throw MutationMistake("resolves to something else once more")
            }
        }
        #expect(run.complaints == [])
    }

    @Test func `no mutated checkpoint is more than resumed or refused`() throws {
        let folder = try TemporaryFolder()
        try SteppedRun.step(in: folder.path, pausingAfter: 15)
        let path = "\(folder.path)/checkpoint.safetensors"
        let file = try Safetensors(parsingSealed: readFile(path))
        let training = try SteppedRun.start(in: folder.path)
        let config = try ExperimentConfig(from: SteppedRun.description).json
        let run = MutationRun("checkpoint", of: [file.bytes], count: 500) { bytes in
            // Behind the seal lies all of the reader.
            try AtomicFile.write(Safetensors(parsing: bytes).sealedBytes, to: path)
            try training.experiment.restore(from: path, config: config)
        }
        #expect(run.complaints == [])
    }

    @Test func `no mutated record of a sweep is more than read or refused`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(
            #"{ "random": { "samples": 2, "training.epochs": { "min": 1, "max": 9 } }, "folds": 2, "halving": {} }"#)
        let path = "\(folder.path)/\(SweepFile.record.rawValue)"
        let run = MutationRun("sweep.json", of: [Array(SweepRecord(tiny.plan).json.pretty.utf8)], count: 500) {
            try AtomicFile.write($0, to: path)
            let record = try SweepRecord(in: folder.path)
            _ = try record.settings()
        }
        #expect(run.complaints == [])
    }

    @Test(arguments: [TrialNote.file, RunFile.result.rawValue, RunFile.curves.rawValue])
    func `no mutated file of a trial is more than read or passed over`(file: String) throws {
        let runs = try SampleRuns()
        let folder = try runs.add("trial")
        let tiny = try TinySweep(#"{ "grid": { "training.epochs": [1, 2] } }"#)
        let trial = tiny.plan.trials[0].trial
        try TrialNote(trial).write(in: folder)
        let path = "\(folder)/\(file)"
        let run = try MutationRun("trial's \(file)", of: [readFile(path)], count: 500) {
            try AtomicFile.write($0, to: path)
            let state = try TrialState(of: trial, in: folder)
            for metric in Metric.allCases { _ = state.value(of: metric) }
            if state.test == nil || state.history.count != 3 { throw Refusal() }
        }
        #expect(run.complaints == [])
    }

    @Test(arguments: [RunFile.config, .summary, .curves, .timings, .provenance, .result])
    func `no mutated file of a run is more than compared or refused`(file: RunFile) throws {
        let runs = try SampleRuns()
        let folder = try runs.add("run")
        let path = "\(folder)/\(file.rawValue)"
        let run = try MutationRun("run's \(file.rawValue)", of: [readFile(path)], count: 500) {
            try AtomicFile.write($0, to: path)
            if let error = RunReader([folder]).errors.first { throw error }
        }
        #expect(run.complaints == [])
    }

    @Test func `no mutated document of a bench is more than read or refused`() {
        let files = [Array(BenchReportTests.report().json().pretty.utf8)]
        let run = MutationRun("bench", of: files, count: 500) { text in
            let report = try BenchReport(reading: JSON(parsing: text))
            _ = BenchReportTests.report().text(against: report, width: 80)
        }
        #expect(run.complaints == [])
    }

    /// What would be an error if readers of this file said one.
    private struct Refusal: Error {}
}
