import Foundation
import Reporting
import Testing

@testable import Experiments

/// Sweeps whose trials' folders are not as they should be.
@Suite struct BrokenSweepTests {
    private static let halving = """
        { "grid": { "training.optimizer.learning_rate": [0.01, 0.1, 1] }, "halving": { "factor": 3, "min_epochs": 1 } }
        """

    @Test func `a trial whose folder is something else is told of, not passed over`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "repeats": 2 }"#)
        let obstacle = folder.path + "/a/trials/seed=0"
        try FileManager.default.createDirectory(atPath: folder.path + "/a/trials", withIntermediateDirectories: true)
        try AtomicFile.write("in the way", to: obstacle)
        let log = try tiny.run(in: folder.path + "/a").log
        #expect(log.obstacle == "\(obstacle): there is a file of this name; choose another --out")
        #expect(!log.isThrough)
        try FileManager.default.removeItem(atPath: obstacle)
        #expect(try tiny.run(in: folder.path + "/a").results.isComplete)
    }

    @Test(arguments: ["trial.json", "result.json", "curves.csv"])
    func `a file that cannot be read does not count as missing`(name: String) throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "repeats": 2 }"#)
        try tiny.run(in: folder.path + "/a")
        let file = folder.path + "/a/trials/seed=1/" + name
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
        #expect(throws: FileError("read", file, code: EISDIR)) { try tiny.run(in: folder.path + "/a") }
    }

    @Test func `a failure of an earlier process does not outlive halving's decision`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.halving)
        let before = try tiny.run(in: folder.path + "/a").results
        let stopped = try #require(before.rows.first { $0.standing == .stopped })
        let place = folder.path + "/a/trials/" + stopped.trial.name
        var note = try #require(try TrialNote(in: place))
        note.failure = "cannot write: No space left on device"
        try note.write(in: place)
        #expect(try tiny.run(in: folder.path + "/a").results.trialsCSV == before.trialsCSV)
    }

    @Test func `what a trial left that was killed at its very end is removed`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep("{}")
        try tiny.run(in: folder.path + "/a")
        let checkpoint = folder.path + "/a/trials/trial/checkpoint.safetensors"
        try AtomicFile.write("of no use any more", to: checkpoint)
        #expect(try tiny.run(in: folder.path + "/a").log.endings.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: checkpoint))
    }
}
