import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct SweepDirectoryTests {
    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test func `changed trials are new ones, and come back when the change is undone`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        let sweep = #"{ "grid": { "training.batch_size": [8, 16] } }"#
        let (before, after) = (try TinySweep(sweep), try TinySweep(sweep, epochs: 3))
        try before.run(in: path)
        let changed = try after.run(in: path).log
        #expect(changed.away == 2 && changed.finished == after.names.sorted())
        #expect(names(in: path + "/former").count == 2)
        let undone = try before.run(in: path).log
        #expect(undone.endings.isEmpty && undone.away == 2)
        #expect(names(in: path + "/trials") == before.names.sorted())
    }

    @Test func `more values keep the trials that there are, under their new names`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        try TinySweep(#"{ "grid": { "training.batch_size": [8, 16] } }"#).run(in: path)
        let more = try TinySweep(
            #"{ "grid": { "training.batch_size": [8, 16, 24], "training.shuffle": [true, false] } }"#)
        let log = try more.run(in: path).log
        #expect(log.away == 0 && log.finished.count == 4)
        #expect(names(in: path + "/trials") == more.names.sorted())
        #expect(!names(in: path).contains("former"))
    }

    @Test func `trials of one experiment under two names can all be moved away`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        let sweep = try TinySweep(#"{ "grid": { "let.hidden": [[2], [3]] } }"#)
        try sweep.run(in: path)
        // As two files of weights give one experiment, if the same is in both.
        let trial = sweep.plan.trials[0].trial
        for name in sweep.names { try TrialNote(trial).write(in: "\(path)/trials/\(name)") }
        let other = try TinySweep(#"{ "grid": { "let.hidden": [[2], [3]] } }"#, epochs: 3)
        #expect(try SweepDirectory(path: path).take(SweepRecord(other.plan)) == 2)
        #expect(names(in: path + "/former").count == 2)
    }

    @Test func `a folder that was claimed by a process that died at once is in nobody's way`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        let sweep = #"{ "grid": { "training.batch_size": [8, 16] } }"#
        let (before, after) = (try TinySweep(sweep), try TinySweep(sweep, epochs: 3))
        try before.run(in: path)
        try FileManager.default.removeItem(atPath: "\(path)/report.html")
        _ = try SweepDirectory(path: path).take(SweepRecord(after.plan))
        let trial = "\(path)/trials/batch_size=8"
        try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
        try AtomicFile.write(
            #"{ "host": "a", "process": 1, "began": "1", "machine": "m", "lease": 1e-6 }"#, to: "\(trial)/claim-1.json")
        // Files are stamped by a clock of a few milliseconds a tick.
        usleep(30_000)
        let log = try before.run(in: path).log
        #expect(log.endings.isEmpty && log.away == 0)
        #expect(names(in: path + "/former") == ["batch_size=8"])
    }

    @Test func `trials may exchange their names`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        let one = try TinySweep(#"{ "grid": { "let.hidden": [[2], [3]] } }"#)
        try one.run(in: path)
        let trials = one.plan.trials
        var exchanged = one.plan
        (exchanged.trials[0].trial.name, exchanged.trials[1].trial.name) = (trials[1].trial.name, trials[0].trial.name)
        let directory = try SweepDirectory(path: path)
        #expect(try directory.take(SweepRecord(exchanged)) == 0)
        #expect(try TrialState(of: exchanged.trials[0].trial, in: path + "/trials/hidden=3").isFinished)
    }

    @Test func `another rule for what is trained to the end is another sweep`() throws {
        let records = try ["", #", "halving": {}"#, #", "halving": { "min_epochs": 2 }"#].map { rule in
            SweepRecord(try TinySweep(#"{ "grid": { "training.batch_size": [8, 16] }\#(rule) }"#).plan)
        }
        #expect(Set(records.map { $0.trials.map(\.digest) }).count == 1)
        for (i, j) in [(0, 1), (1, 2)] { #expect(!records[i].isSameWork(as: records[j])) }
        #expect(records[1].isSameWork(as: records[1]))
    }

    @Test func `files of the same content make two trials of one experiment, which both stay`() throws {
        let folder = try TemporaryFolder()
        let source = try TinySweep(#"{ "repeats": 1 }"#)
        try source.run(in: "\(folder.path)/w")
        let weights = try readFile("\(folder.path)/w/trials/trial/model.safetensors")
        for name in ["a", "b"] { try AtomicFile.write(weights, to: "\(folder.path)/\(name).safetensors") }
        let files = ["a", "b"].map { "\"\(folder.path)/\($0).safetensors\"" }.joined(separator: ", ")
        let tiny = try TinySweep(#"{ "grid": { "model.initial_weights": [\#(files)] } }"#)
        #expect(Set(tiny.plan.trials.map(\.trial.digest)).count == 1)
        #expect(try tiny.run(in: "\(folder.path)/s").log.finished.count == 2)
        let again = try tiny.run(in: "\(folder.path)/s")
        #expect(again.log.endings.isEmpty && again.log.away == 0 && again.results.isComplete)
    }

    @Test func `two processes share a folder only for the same trials`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        let (one, other) = (try TinySweep("{}"), try TinySweep(#"{ "repeats": 2 }"#))
        let first = try SweepDirectory(path: path)
        _ = try first.take(SweepRecord(one.plan))
        #expect(try SweepDirectory(path: path).take(SweepRecord(one.plan)) == 0)
        #expect(throws: SweepDirectoryError.inUse(path)) {
            try SweepDirectory(path: path).take(SweepRecord(other.plan))
        }
        withExtendedLifetime(first) {}
    }

    @Test func `a folder with something else in it is left alone`() throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write("{}", to: folder.path + "/config.json")
        #expect(throws: SweepDirectoryError.foreign(folder.path)) { try SweepDirectory(path: folder.path) }
        #expect(throws: SweepDirectoryError.self) { try SweepDirectory(path: folder.path + "/config.json/x") }
    }

    /// What somebody writes into `sweep.json`, and what is said of it.
    private static let edits: [(key: String, value: JSON, says: String)] = [
        ("group", -1, "trials[0].group: expected a whole number"),
        ("group", JSON(Int.max), "trials[0].group: expected"),
        ("group", 1e300, "trials[0].group"), ("name", "../../away", "is no name within a folder"),
        ("name", "/tmp/away", "is no name within a folder"), ("name", "..", "is no name within a folder"),
        ("name", "", "is no name within a folder"), ("digest", "a/../../b", "is no name within a folder"),
    ]

    @Test(arguments: edits.indices)
    func `an edited record is refused and leads to no place outside of the sweep's`(index: Int) throws {
        let (key, value, says) = Self.edits[index]
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        _ = try SweepDirectory(path: path).take(SweepRecord(TinySweep("{}").plan))
        let file = path + "/sweep.json"
        var record = try JSON(parsing: readFile(file))
        var trial = try #require(record["trials"]?[0])
        trial[key] = value
        record["trials"] = [trial]
        try AtomicFile.write(record.pretty, to: file)
        let damage = #expect(throws: DamagedSweep.self) { try SweepRecord(in: path) }
        #expect(damage?.description.contains(says) == true, "\(damage?.description ?? "")")
        // What compares and lists sweeps says the same.
        let others = RunReader([path]).errors.compactMap { ($0 as? Problems)?.rendered() }
        #expect(others == [damage?.description])
    }

    @Test(arguments: [JSON(Int.max), JSON(Int.min), -1, 0, 1e300, "often", nil])
    func `a count of attempts that cannot be is passed over`(attempts: JSON) throws {
        let folder = try TemporaryFolder()
        let trial = try TinySweep("{}").plan.trials[0].trial
        var note = TrialNote(trial)
        note.failure = "disk full"
        try note.write(in: folder.path)
        var json = try JSON(parsing: readFile("\(folder.path)/trial.json"))
        json["attempts"] = attempts
        try AtomicFile.write(json.pretty, to: "\(folder.path)/trial.json")
        let read = try TrialNote(in: folder.path)
        #expect(read == nil || read?.attempts == 1)
    }

    @Test func `what a killed process left unfinished is gone when a sweep goes on`() throws {
        let folder = try TemporaryFolder()
        let plan = try TinySweep("{}").plan
        _ = try SweepDirectory(path: folder.path + "/a").take(SweepRecord(plan))
        // The first process never ends, and no process has the other number.
        for number in [1, 2_000_000_000] {
            try AtomicFile.write("x", to: "\(folder.path)/a/.sweep.json.\(number)-1.partial")
        }
        _ = try SweepDirectory(path: folder.path + "/a").take(SweepRecord(plan))
        #expect(names(in: folder.path + "/a") == [".sweep.json.1-1.partial", "sweep.json", "trials"])
    }

    @Test func `the record of a sweep is read as it was written`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(
            #"{ "random": { "samples": 2, "training.epochs": { "min": 1, "max": 9 } }, "folds": 2, "halving": {} }"#)
        let directory = try SweepDirectory(path: folder.path + "/a")
        _ = try directory.take(SweepRecord(tiny.plan))
        let record = try SweepRecord(in: directory.path)
        #expect(record == SweepRecord(tiny.plan))
        #expect(try record.settings().sweep?.halving != nil)
    }
}
