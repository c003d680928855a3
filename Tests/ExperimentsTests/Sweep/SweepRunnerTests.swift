import Foundation
import Machine
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct SweepRunnerTests {
    private static let grid =
        #"{ "grid": { "training.batch_size": [8, 16], "let.hidden": [[2], [3, 4]] }, "repeats": 2 }"#

    private static let ways: [(shares: Shares, shards: [String?])] = [
        (Shares(jobs: 1, threads: 3), [nil]),
        (Shares(jobs: 5, threads: 1), [nil]),
        (Shares(jobs: nil, threads: 2), [nil]),
        (Shares(jobs: 2, threads: 2), ["2/3", "1/3", "3/3"]),
        // Not even one trial fits beside another.
        (Shares(jobs: 4, threads: 4, bytes: 0), [nil]),
    ]

    @Test func `tables are the same bytes however a sweep is run`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.grid)
        let first = try tiny.run(in: "\(folder.path)/first")
        #expect(first.log.finished == tiny.names.sorted() && first.log.isThrough)
        for (index, way) in Self.ways.enumerated() {
            let path = "\(folder.path)/\(index)"
            for shard in way.shards { try tiny.run(in: path, shares: way.shares, shard: shard) }
            for file in SweepFile.allCases {
                #expect(try text(of: "\(path)/\(file.rawValue)") == text(of: "\(folder.path)/first/\(file.rawValue)"))
            }
        }
    }

    @Test func `trials that do not fit together wait for each other`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.grid)
        #expect(try tiny.run(in: "\(folder.path)/a", shares: Shares(jobs: 4, threads: 4, bytes: 0)).log.most == 1)
    }

    @Test func `finished trials are not run again, those that are missing are`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.grid)
        try tiny.run(in: folder.path + "/a")
        #expect(try tiny.run(in: folder.path + "/a").log.endings.isEmpty)
        try FileManager.default.removeItem(atPath: "\(folder.path)/a/trials/\(tiny.names[3])")
        #expect(try tiny.run(in: folder.path + "/a").log.finished == [tiny.names[3]])
    }

    @Test func `a sweep that is stopped goes on where it was`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.grid)
        try tiny.run(in: folder.path + "/whole")
        var finished: [String] = []
        var isThrough = false
        while !isThrough {
            let log = try tiny.run(in: folder.path + "/a", stoppingAfter: 1).log
            finished += log.finished
            isThrough = log.isThrough
        }
        #expect(finished.sorted() == tiny.names.sorted())
        #expect(try text(of: folder.path + "/a/trials.csv") == text(of: folder.path + "/whole/trials.csv"))
    }

    @Test func `a damaged checkpoint costs its trial's epochs and nothing else`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep("{}")
        try tiny.run(in: folder.path + "/whole")
        let trial = folder.path + "/a/trials/trial"
        try tiny.run(in: folder.path + "/a")
        try FileManager.default.removeItem(atPath: trial + "/result.json")
        try AtomicFile.write("no checkpoint", to: trial + "/checkpoint.safetensors")
        #expect(try tiny.run(in: folder.path + "/a").log.finished == ["trial"])
        #expect(try text(of: folder.path + "/a/trials.csv") == text(of: folder.path + "/whole/trials.csv"))
    }

    private static let diverging =
        #"{ "grid": { "training.optimizer.learning_rate": [1e38, 0.1, 0.2] } }"#

    @Test func `a trial that fails is recorded with its reason, and the others go on`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.diverging)
        let (log, results) = try tiny.run(in: folder.path + "/a")
        #expect(log.finished == ["learning_rate=0.1", "learning_rate=0.2"])
        guard case .failed(let reason) = results.rows[0].standing else {
            Issue.record("not failed")
            return
        }
        #expect(reason.hasPrefix("diverged: the loss became"))
        #expect(results.trialsCSV.contains(reason))
        #expect(log.last.done == 3 && log.last.failed == 1)
        // It is tried again each time, once.
        #expect(try tiny.run(in: folder.path + "/a").log.endings.map(\.name) == ["learning_rate=1e+38"])
    }

    @Test func `with fail-fast nothing is begun after a failure`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.diverging)
        let log = try tiny.run(in: folder.path + "/a", shares: Shares(jobs: 1, threads: 1), failsFast: true).log
        #expect(log.endings.map(\.name) == ["learning_rate=1e+38"])
        #expect(log.isThrough)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"), "needs flock"))
    func `a trial that another process has is waited for, not repeated`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "repeats": 2 }"#)
        try tiny.run(in: folder.path + "/a", shard: "2/2")
        // Another process that holds the folder for a while, as one that trains does.
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let trial = folder.path + "/a/trials/seed=0"
        other.arguments = ["flock", trial, "sh", "-c", "sleep 0.7; touch '\(folder.path)/released'"]
        try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
        try other.run()
        defer { other.waitUntilExit() }
        let lock = try #require(FolderLock(folder: trial))
        while other.isRunning, lock.tryExclusive() {
            lock.release()
            Thread.sleep(forTimeInterval: 0.01)
        }
        try #require(other.isRunning)
        let log = try tiny.run(in: folder.path + "/a").log
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/released"))
        #expect(log.finished == ["seed=0"])
    }
}
