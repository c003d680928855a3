import Foundation
import Reporting
import Schema
import Testing
import Training

@testable import Experiments

@Suite struct SweepResultsTests {
    private static let sweep = #"{ "grid": { "training.batch_size": [8, 16, 24] }, "repeats": 2 }"#

    /// Results as they would be with such accuracies: those on validation images, and on test images.
    private func results(_ accuracies: [(validation: Double, test: Double)?], expecting: [String] = []) throws
        -> SweepResults
    {
        let record = SweepRecord(try TinySweep(Self.sweep, set: expecting).plan)
        return try SweepResults(record) { trial in
            guard let index = record.trials.firstIndex(of: trial), let figures = accuracies[index] else {
                return .missing
            }
            let epoch = EpochRecord(
                epoch: 0, loss: 1, accuracy: 0.5, learningRate: 0.01,
                validation: Score(loss: 1 - figures.validation, accuracy: figures.validation))
            return TrialState(
                history: [epoch], test: Score(loss: 1, accuracy: figures.test), failure: nil, attempts: 1)
        }
    }

    private static let figures: [(validation: Double, test: Double)] = [
        (0.90, 0.99), (0.91, 0.98), (0.95, 0.90), (0.96, 0.91), (0.94, 0.92), (0.97, 0.93),
    ]

    @Test func `combinations are sorted by what they reach on validation images, whatever the test says`() throws {
        let results = try results(Self.figures)
        #expect(results.ranking.map { $0.value(at: "training.batch_size") } == [16, 24, 8])
        let text = results.text(width: 80)
        #expect(text.contains("sorted by val_accuracy"))
        #expect(text.contains("The best (batch_size 16) is not distinguishable from the next (batch_size 24)"))
    }

    @Test func `a row for each trial, a row for each combination`() throws {
        let results = try results(Self.figures)
        let trials = try CSV(parsing: results.trialsCSV)
        #expect(trials.rows.count == 6)
        #expect(trials[column: "training.batch_size"] == ["8", "8", "16", "16", "24", "24"])
        #expect(trials[column: "seed"] == ["0", "1", "0", "1", "0", "1"])
        #expect(trials[column: "best_val_accuracy"]?[1] == "0.91")
        #expect(trials[column: "state"] == [String](repeating: "finished", count: 6))
        let summary = results.summary.csv
        #expect(summary[column: "n"] == ["2", "2", "2"])
        #expect(summary[column: "test_accuracy_mean"]?.first == "0.985")
    }

    @Test func `what is unfinished says nothing but that`() throws {
        let results = try results([nil] + Self.figures.dropFirst().map(Optional.some))
        #expect(!results.isComplete && results.verdict == nil)
        #expect(try CSV(parsing: results.trialsCSV)[column: "state"]?.first == "unfinished")
        #expect(results.text(width: 80).contains("1 unfinished"))
    }

    @Test(arguments: [
        (#"expect.test_accuracy={"min":0.8,"confidence":0.9}"#, Verdict.passed),
        (#"expect.test_accuracy={"min":0.95,"confidence":0.9}"#, .failed),
        (#"expect.test_accuracy={"min":0.9}"#, .passed),
        (#"expect.val_accuracy={"min":0.9,"confidence":0.99}"#, .inconclusive),
    ])
    func `expectations are held to the means of every combination`(expectation: String, verdict: Verdict) throws {
        let results = try results(Self.figures, expecting: [expectation])
        #expect(results.verdict == verdict)
        #expect(results.json(in: "x")["verdict"]?.text == verdict.rawValue)
    }

    @Test func `seeds among the values that vary are repeats, for tables and for reports`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "grid": { "seed": [1, 2], "training.batch_size": [8, 16] } }"#)
        #expect(tiny.plan.trials.map(\.trial.group) == [0, 1, 0, 1])
        let results = try tiny.run(in: folder.path + "/s").results
        #expect(results.combinations.map { $0.result?.trials.count } == [2, 2])
        let table = results.text(width: 100).split(separator: "\n")
        #expect(table[0].split(separator: " ").prefix(2) == ["batch_size", "n"])
        #expect(table[2...3].allSatisfy { $0.split(separator: " ")[1] == "2" })
        let document = ConfigDocument(
            Array(TinySweep.text(#"{ "grid": { "seed": [1, 2], "training.batch_size": [8, 16] } }"#).utf8),
            file: "c.json")
        let groups = try PlannedConfig(document).groups
        #expect(
            groups.map(\.values) == [[JSON.Member("training.batch_size", 8)], [JSON.Member("training.batch_size", 16)]])
        var archive = RunArchive(folder.path, asked: [:])
        #expect(groups.map { archive.runs(of: $0, in: "s").count } == [2, 2])
    }

    @Test func `pictures that are not drawn anew do not show what was`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(#"{ "repeats": 2 }"#)
        let results = try tiny.run(in: folder.path).results
        func isThere(_ file: SweepFile) -> Bool {
            FileManager.default.fileExists(atPath: "\(folder.path)/\(file.rawValue)")
        }
        #expect(isThere(.picture) && isThere(.page))
        try results.write(in: SweepDirectory(path: folder.path), withPictures: false)
        #expect(!isThere(.picture) && !isThere(.page) && isThere(.trials))
    }

    @Test func `images that validate may come with the data set of a trial`() throws {
        let set =
            #"{ "name": "synthetic-digits", "train_limit": 60, "test_limit": 20, "validation": { "fraction": 0.5 } }"#
        let text = TinySweep.text(#"{ "grid": { "dataset": [\#(set)] } }"#)
            .replacing(#", "validation": { "fraction": 0.5 }"#, with: "", maxReplacements: 1)
        let record = SweepRecord(try SweepPlan(of: ConfigDocument(Array(text.utf8), file: "c.json")))
        #expect(record.validates)
        #expect(try SweepResults(record) { _ in .missing }.metrics.contains(.validationAccuracy))
        let without = SweepRecord(try TinySweep(#"{ "repeats": 2 }"#, set: ["dataset.validation=null"]).plan)
        #expect(try !SweepResults(without) { _ in .missing }.metrics.contains(.validationAccuracy))
    }

    @Test func `where test images validate it is said that they choose`() throws {
        let usual = try results(Self.figures)
        #expect(!usual.text(width: 100).contains("no judge any more"))
        #expect(SweepPage(results: usual) { _ in true }.page.html.contains("test images choose nothing"))
        let judged = try results(Self.figures, expecting: [#"dataset.validation={"use":"test"}"#])
        #expect(
            judged.text(width: 100).contains("sorted by val_accuracy of the test images, which are no judge any more"))
        #expect(
            SweepPage(results: judged) { _ in true }.page.html.contains(
                "They can no longer judge what they have chosen"))
    }

    @Test(arguments: [
        (#"{ "repeats": 2 }"#, true), (#"{ "folds": 3 }"#, false),
        (#"{ "grid": { "dataset.validation": [{ "fraction": 0.5 }, null] } }"#, false),
    ])
    func `whether test images choose is asked of the trials`(sweep: String, isSo: Bool) throws {
        let plan = try TinySweep(
            sweep, set: [#"dataset.validation={"use":"test"}"#].filter { _ in !sweep.contains("grid") }
        ).plan
        let record = SweepRecord(plan)
        #expect(record.validatesOnTest == isSo)
        #expect(try SweepResults(record) { _ in .missing }.choosesByTestImages == isSo)
    }

    @Test func `without the run that a verdict needs there is everything but the verdict`() throws {
        let results = try results(Self.figures, expecting: [#"expect.test_accuracy={"baseline":"/nowhere"}"#])
        #expect(results.isComplete && results.verdict == nil && results.summary.groups.count == 3)
        #expect(throws: BaselineError.self) { try results.readingBaselines() }
    }

    @Test(arguments: [20, 40, 80, 200])
    func `the table fits any screen`(width: Int) throws {
        let text = try results(Self.figures).text(width: width)
        for line in text.split(separator: "\n") where !line.contains("distinguishable") && !line.hasPrefix("sorted") {
            #expect(displayWidth(line) <= width, "\(line)")
        }
    }
}

@Suite struct SharesTests {
    private func cost(_ flops: Double, bytes: Int = 1) -> TrialCost {
        TrialCost(parameters: 1, bytes: bytes, stepFlops: flops, steps: 1, epochs: 1)
    }

    @Test func `small models get a thread each, large ones all`() {
        let shares = Shares(jobs: nil, threads: 8, bytes: 100)
        #expect(shares.threads(for: cost(1e6), beside: [], waiting: 100) == 1)
        #expect(shares.threads(for: cost(1e10), beside: [], waiting: 100) == 8)
        #expect(shares.threads(for: cost(1e10), beside: [(1, 1)], waiting: 100) == 7)
        #expect(shares.threads(for: cost(1e10), beside: [(6, 1)], waiting: 100) == nil)
    }

    @Test func `threads that no trial waits for are used by those that there are`() {
        let shares = Shares(jobs: nil, threads: 8, bytes: 100)
        #expect(shares.threads(for: cost(1e6), beside: [], waiting: 2) == 4)
        #expect(shares.threads(for: cost(1e6), beside: [(4, 1)], waiting: 1) == 4)
    }

    @Test func `no trial gets more threads than its batch has parts`() {
        let shares = Shares(jobs: nil, threads: 64, bytes: 100)
        var cost = cost(1e11)
        cost.shards = 16
        #expect(shares.threads(for: cost, beside: [], waiting: 100) == 16)
        #expect(shares.threads(for: cost, beside: [], waiting: 0) == 16)
    }

    @Test func `as many jobs as asked for share the threads`() {
        let shares = Shares(jobs: 3, threads: 8, bytes: 100)
        #expect(shares.threads(for: cost(1e10), beside: [], waiting: 9) == 2)
        #expect(shares.threads(for: cost(1e10), beside: [(2, 1), (2, 1), (2, 1)], waiting: 9) == nil)
        #expect(Shares(jobs: 9, threads: 2).threads(for: cost(1), beside: [], waiting: 9) == 1)
    }

    @Test func `plans must fit together, but one alone may always run`() {
        let shares = Shares(jobs: 3, threads: 8, bytes: 100)
        #expect(shares.threads(for: cost(1, bytes: 60), beside: [(1, 60)], waiting: 1) == nil)
        #expect(shares.threads(for: cost(1, bytes: 40), beside: [(1, 60)], waiting: 1) != nil)
        #expect(shares.threads(for: cost(1, bytes: 1000), beside: [], waiting: 1) != nil)
    }

    @Test(arguments: ["0/3", "4/3", "1", "1/0", "a/b", "-1/3", "1/2/3", ""])
    func `what is no shard is none`(text: String) { #expect(Shard(text) == nil) }

    @Test func `shards share out every trial once`() throws {
        let shards = try (1...3).map { try #require(Shard("\($0)/3")) }
        for trial in 0..<10 { #expect(shards.count { $0.contains(trial) } == 1) }
    }
}
