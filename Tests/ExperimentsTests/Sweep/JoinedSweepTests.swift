import Foundation
import Reporting
import Testing

@testable import Experiments

/// Sweeps that processes of several machines train together.
@Suite struct JoinedSweepTests {
    @Test func `who joins a sweep leaves what living others have, and waits to see that they live`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "repeats": 3 }"#)
        let trial = "\(folder.path)/a/trials/seed=1"
        try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
        let other = try #require(try Claims(claimant: ClaimTests.stranger(), lease: 6).take(trial))
        let log = try tiny.run(in: "\(folder.path)/a", joining: true).log
        #expect(log.isThrough && log.finished == ["seed=0", "seed=2"])
        #expect(log.epochs.count == 4 && Set(log.epochs).count == 4)
        other.release()
        #expect(try tiny.run(in: "\(folder.path)/a", joining: true).log.finished == ["seed=1"])
        #expect(try text(of: "\(folder.path)/a/trials.csv").contains("seed=1"))
    }

    @Test func `what a machine leaves that died is trained by who joins`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "repeats": 2 }"#)
        let trial = "\(folder.path)/a/trials/seed=1"
        try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
        try AtomicFile.write(
            #"{ "host": "a", "process": 1, "began": "1", "machine": "m", "lease": 0.5 }"#, to: "\(trial)/claim-1.json")
        #expect(try tiny.run(in: "\(folder.path)/a", joining: true).log.finished == ["seed=0", "seed=1"])
        #expect(try !FileManager.default.contentsOfDirectory(atPath: trial).contains { $0.hasPrefix("claim-") })
    }

    @Test func `another plan is no sweep to join, nor one to replace while a machine trains`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        let (one, other) = (try TinySweep(#"{ "repeats": 2 }"#), try TinySweep(#"{ "repeats": 3 }"#))
        try SweepDirectory(path: path).join(SweepRecord(one.plan))
        try SweepDirectory(path: path).join(SweepRecord(one.plan))
        #expect(throws: SweepDirectoryError.otherPlan(path)) {
            try SweepDirectory(path: path).join(SweepRecord(other.plan))
        }
        let trial = "\(path)/trials/seed=0"
        try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
        let claim = try #require(try Claims(claimant: ClaimTests.stranger()).take(trial))
        #expect(throws: SweepDirectoryError.inUse(path)) {
            try SweepDirectory(path: path).take(SweepRecord(other.plan))
        }
        claim.release()
        #expect(try SweepDirectory(path: path).take(SweepRecord(other.plan)) == 0)
    }

    @Test func `a failure is tried again by who joins only when it is forgiven`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        let tiny = try TinySweep(#"{ "grid": { "training.optimizer.learning_rate": [1e38] } }"#)
        let name = "learning_rate=1e+38"
        #expect(try tiny.run(in: path, joining: true).log.endings.map(\.name) == [name])
        #expect(try tiny.run(in: path, joining: true).log.endings.isEmpty)
        try SweepDirectory(path: path).forgiveFailures(SweepRecord(tiny.plan))
        #expect(try SweepStatus(in: path).missing == 1)
        #expect(try tiny.run(in: path, joining: true).log.endings.map(\.name) == [name])
        #expect(try TrialNote(in: "\(path)/trials/\(name)")?.attempts == 2)
    }

    @Test func `a failed trial is told of although a claim from before it is still there`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        let tiny = try TinySweep(#"{ "grid": { "training.optimizer.learning_rate": [1e38] } }"#)
        try tiny.run(in: path)
        let dead = Claimant(
            host: Claimant.current.host, process: Claimant.current.process, began: "0",
            machine: Claimant.current.machine)
        let claim = "\(path)/trials/learning_rate=1e+38/claim-1.json"
        try AtomicFile.write(dead.json.pretty, to: claim)
        let status = try SweepStatus(in: path)
        #expect(status.failed.count == 1 && status.running.isEmpty && status.missing == 0)
        // One of another machine that gives signs of life is trying it once more.
        try AtomicFile.write(#"{ "host": "a", "process": 1, "began": "1", "machine": "m" }"#, to: claim)
        #expect(try SweepStatus(in: path).running.map(\.isLost) == [false])
    }

    @Test func `a process that has gone from this machine is lost at once`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "repeats": 2 }"#)
        _ = try SweepDirectory(path: folder.path).take(SweepRecord(tiny.plan))
        let trial = "\(folder.path)/trials/seed=1"
        try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
        let dead = Claimant(
            host: Claimant.current.host, process: Claimant.current.process, began: "0",
            machine: Claimant.current.machine)
        try AtomicFile.write(dead.json.pretty, to: "\(trial)/claim-1.json")
        #expect(try SweepStatus(in: folder.path).running.map(\.isLost) == [true])
    }

    @Test func `a trial that has failed in another process meanwhile is not trained again`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        let tiny = try TinySweep(#"{ "grid": { "training.optimizer.learning_rate": [1e38, 0.01] } }"#)
        let log = SweepLog()
        // It looks at the trials before the other one begins.
        let late = try tiny.runner(in: path, observer: log)
        #expect(try tiny.run(in: path).log.endings.count == 2)
        #expect(late.run { false })
        let endings = Dictionary(log.endings.map { ($0.name, $0.ending) }, uniquingKeysWith: { $1 })
        #expect(endings == ["learning_rate=1e+38": .foundFailed, "learning_rate=0.01": .foundFinished])
        #expect(late.hasFailed)
        #expect(try TrialNote(in: "\(path)/trials/learning_rate=1e+38")?.attempts == 1)
        // Whoever begins afterwards tries once more.
        #expect(try tiny.run(in: path).log.endings.map(\.name) == ["learning_rate=1e+38"])
        #expect(try TrialNote(in: "\(path)/trials/learning_rate=1e+38")?.attempts == 2)
    }

    @Test func `a machine that cannot write leaves the trials as they are`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        let tiny = try TinySweep(#"{ "repeats": 3 }"#)
        try FileManager.default.createDirectory(atPath: "\(path)/trials", withIntermediateDirectories: true)
        for name in tiny.names { try AtomicFile.write("in the way", to: "\(path)/trials/\(name)") }
        let log = try tiny.run(in: path, shares: Shares(jobs: 1, threads: 1)).log
        #expect(!log.isThrough && log.endings.count == 1)
        #expect(log.obstacle?.contains("in the way") == false && log.obstacle?.contains("seed=0") == true)
        for name in tiny.names { try FileManager.default.removeItem(atPath: "\(path)/trials/\(name)") }
        #expect(try tiny.run(in: path).log.finished == tiny.names.sorted())
    }

    @Test func `the state of a sweep names who trains what, and how far`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        let tiny = try TinySweep(#"{ "repeats": 4 }"#)
        try tiny.run(in: path, shares: Shares(jobs: 1, threads: 1), stoppingAfter: 1)
        for (seed, lease) in [(2, 1000.0), (3, 1e-6)] {
            let trial = "\(path)/trials/seed=\(seed)"
            try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
            try AtomicFile.write(
                #"{ "host": "node\#(seed)", "process": 77, "began": "1", "machine": "m", "job": "12_\#(seed)", "lease": \#(lease) }"#,
                to: "\(trial)/claim-1.json")
        }
        usleep(10_000)
        let status = try SweepStatus(in: path)
        #expect(status.total == 4 && status.finished == 1 && status.missing == 2)
        #expect(status.running.map(\.isLost) == [false, true])
        #expect(status.secondsLeft.map { $0 > 0 } == true)
        let lines = status.text(width: 80).split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("tiny, in"))
        #expect(lines.contains("1 of 4 trials finished, 1 running, 2 missing"))
        #expect(lines.contains { $0.contains(#/^seed=2 +0/\? +node2 +77 +12_2 +.* ago$/#) })
        #expect(lines.contains { $0.contains(#/^seed=3 .* lost, .* ago$/#) })
        for width in [20, 40, 80, 200] {
            for line in status.text(width: width).split(separator: "\n") where !line.contains(path) {
                #expect(displayWidth(String(line)) <= width)
            }
        }
        #expect(status.json["running"]?.elements?.count == 2)
    }

    @Test func `what Slurm says of a sweep's own jobs counts at once`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a"
        _ = try SweepDirectory(path: path).take(SweepRecord(TinySweep(#"{ "repeats": 2 }"#).plan))
        for (seed, job) in [(0, "12_1"), (1, "99_1")] {
            let trial = "\(path)/trials/seed=\(seed)"
            try FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: true)
            let claimant = Claimant(host: "a", process: 1, began: "1", machine: "m", job: job)
            var json = claimant.json
            json["lease"] = 1000
            try AtomicFile.write(json.pretty, to: "\(trial)/claim-1.json")
        }
        try FileManager.default.createDirectory(atPath: "\(path)/slurm", withIntermediateDirectories: true)
        var jobs = try SlurmJobs(in: path)
        jobs.submissions = [SlurmJobs.Submission(array: "12", tasks: 1)]
        try jobs.write(in: path)
        let running = try #require(Slurm.Queued("12|1|RUNNING|a|None"))
        let waiting = try #require(Slurm.Queued("12|1|PENDING||BeginTime"))
        for (queue, isLost) in [([running], false), ([waiting], true), ([], true)] {
            #expect(try SweepStatus(in: path, queue: queue).running.map(\.isLost) == [isLost, false])
        }
        #expect(try SweepStatus(in: path).running.map(\.isLost) == [false, false])
    }
}
