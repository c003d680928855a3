import Foundation
import Schema
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct UntilTests {
    /// Trials of one group, one for each seed, of which some are done.
    private static func needs(
        _ accuracies: [Double?], of repeats: Int, within precision: Double = 0.01, failing: Set<Int> = []
    ) -> [RepeatCourse.Need] {
        var until = Until()
        until.precision = precision
        let trials = (0..<repeats).map { SweepTrial(values: [], seed: $0, fold: nil, group: 0) }
        let states = (0..<repeats).map { index -> TrialState in
            if failing.contains(index) {
                return TrialState(history: [], test: nil, failure: "diverged", attempts: 1)
            }
            guard index < accuracies.count, let accuracy = accuracies[index] else { return .missing }
            return TrialState(history: [], test: Score(loss: 1, accuracy: accuracy), failure: nil, attempts: 1)
        }
        return RepeatCourse(until, metric: .testAccuracy, trials: trials, states: states).needs
    }

    private static func words(_ needs: [RepeatCourse.Need]) -> String {
        String(needs.map { $0 == .needed ? "n" : $0 == .open ? "o" : "-" })
    }

    @Test(
        arguments: [
            ([], 5, "nnnoo"),
            ([0.9, nil, 0.9], 5, "nnnoo"),
            // Those that are alike are enough, and not before there are three of them.
            ([0.9, 0.9], 5, "nnnoo"),
            ([0.9, 0.9, 0.9], 5, "nnn--"),
            ([0.9, 0.8, 0.85], 5, "nnnno"),
            // What comes later says nothing of an earlier decision, whether it was trained or not.
            ([0.9, 0.9, 0.9, 0.1, 0.5], 5, "nnn--"),
            ([0.9, 0.8, 0.85, nil, 0.85], 5, "nnnno"),
            ([0.9, 0.8, 0.85, 0.85, 0.85], 5, "nnnnn"),
            ([0.9], 2, "nn"),
        ] as [([Double?], Int, String)])
    func `a repeat is needed if those before it were not enough`(accuracies: [Double?], repeats: Int, words: String) {
        #expect(Self.words(Self.needs(accuracies, of: repeats)) == words)
    }

    @Test func `a repeat that failed has no figure and is not waited for`() {
        #expect(Self.words(Self.needs([0.9, nil, 0.9], of: 5, failing: [1])) == "nnn--")
        #expect(Self.words(Self.needs([0.9, nil, 0.5], of: 5, failing: [1])) == "nnnno")
        #expect(Self.words(Self.needs([], of: 4, failing: [0, 1, 2, 3])) == "nnnn")
    }

    @Test func `a repeat is a seed with all its folds, and combinations are decided by themselves`() {
        var until = Until()
        until.precision = 0.01
        let trials = (0..<2).flatMap { group in
            (0..<4).flatMap { seed in
                (0..<2).map { SweepTrial(values: [], seed: seed, fold: $0, group: group) }
            }
        }
        let states = trials.map { trial in
            trial.group == 0 && trial.seed == 2 && trial.fold == 1
                ? TrialState.missing
                : TrialState(history: [], test: Score(loss: 1, accuracy: 0.5), failure: nil, attempts: 1)
        }
        let needs = RepeatCourse(until, metric: .testAccuracy, trials: trials, states: states).needs
        #expect(Self.words(needs) == "nnnnnnoo" + "nnnnnn--")
    }

    private static let sweep = """
        { "grid": { "let.hidden": [[2], [4]] }, "repeats": 6, "until": { "precision": 0.2, "metric": "test_accuracy" } }
        """

    @Test func `the same repeats are trained however many run side by side, and the tables are the same bytes`() throws
    {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.sweep)
        let one = try tiny.run(in: folder.path + "/1", shares: Shares(jobs: 1, threads: 1))
        #expect(one.log.finished.count >= 6 && one.log.finished.count < 12)
        #expect(one.results.isComplete)
        let many = try tiny.run(in: folder.path + "/4", shares: Shares(jobs: 4, threads: 4))
        #expect(many.log.finished == one.log.finished)
        // Interrupted after every trial.
        for _ in 0..<12 { try tiny.run(in: folder.path + "/i", shares: Shares(jobs: 1, threads: 1), stoppingAfter: 1) }
        // All repeats were trained before anybody asked for less.
        let all = try TinySweep(#"{ "grid": { "let.hidden": [[2], [4]] }, "repeats": 6 }"#)
        #expect(try all.run(in: folder.path + "/all").log.finished.count == 12)
        #expect(try tiny.run(in: folder.path + "/all").log.endings.isEmpty)
        for other in ["4", "i", "all"] {
            for file in ["trials.csv", "summary.csv", "sweep.json"] {
                #expect(
                    try text(of: folder.path + "/\(other)/\(file)") == text(of: folder.path + "/1/\(file)"),
                    "\(other) \(file)")
            }
        }
        #expect(try text(of: folder.path + "/1/trials.csv").contains("not needed"))
    }

    @Test func `processes that take part decide alike, and one with another rule is refused`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.sweep)
        let alone = try tiny.run(in: folder.path + "/alone")
        let joined = try tiny.run(in: folder.path + "/joined", joining: true)
        #expect(joined.log.finished == alone.log.finished)
        let directory = try SweepDirectory(path: folder.path + "/joined")
        try directory.join(SweepRecord(tiny.plan))
        let other = try TinySweep(Self.sweep, set: ["sweep.until.precision=0.5"])
        #expect(throws: SweepDirectoryError.otherPlan(folder.path + "/joined")) {
            try directory.join(SweepRecord(other.plan))
        }
    }

    @Test func `repeats that are not needed count nowhere else either`() throws {
        let folder = try TemporaryFolder()
        try TinySweep(#"{ "repeats": 5 }"#).run(in: folder.path)
        #expect(RunReader([folder.path]).sweeps.map(\.trials.count) == [5])
        try TinySweep(#"{ "repeats": 5, "until": { "precision": 1 } }"#).run(in: folder.path)
        let reader = RunReader([folder.path])
        #expect(reader.sweeps.map(\.trials.count) == [3] && reader.runs.count == 3)
        let listed = ListedRun(at: folder.path)
        #expect(listed.state == "finished" && listed.done == 3 && listed.planned == 3)
        #expect(try ShownSweep(at: folder.path).text.contains("5: 3 finished, 2 not needed"))
    }

    @Test func `folds are no repeats, and a combination that failed is not passed over`() throws {
        let folder = try TemporaryFolder()
        let folds = try TinySweep(#"{ "repeats": 3, "folds": 2, "until": { "precision": 1 } }"#)
        let words = try folds.run(in: folder.path + "/a").results.text(width: 300)
        #expect(words.contains("val_accuracy is known within ± 1.0, after 3 repeats"), "\(words)")
        let failing = try TinySweep(
            """
            { "grid": { "training.optimizer.learning_rate": [0.01, 1e38] }, "repeats": 3, "until": { "precision": 1 } }
            """)
        let other = try failing.run(in: folder.path + "/b").results.text(width: 300)
        #expect(
            other.contains(
                "within ± 1.0 for 1 of 2 combinations; no repeat is left: nothing with learning_rate 1e+38, for every "
                    + "trial failed"), "\(other)")
    }

    @Test func `the table says how many repeats it took, and what is not known although none is left`() throws {
        let folder = try TemporaryFolder()
        let coarse = try TinySweep(#"{ "repeats": 4, "until": { "precision": 1 } }"#)
        let text = try coarse.run(in: folder.path + "/a").results.text(width: 100)
        #expect(text.contains("val_accuracy is known within ± 1.0, after 3 repeats"), "\(text)")
        let fine = try TinySweep(#"{ "repeats": 4, "until": { "precision": 1e-9 } }"#)
        let results = try fine.run(in: folder.path + "/b").results
        let words = results.text(width: 300)
        #expect(words.contains("val_accuracy is not known within ± 1e-09; no repeat is left: ± "), "\(words)")
        #expect(words.contains("after 4 repeats; raise sweep.repeats"))
        #expect(results.json(in: "d")["until"]?["groups"]?[0]?["n"] == 4)
        let status = try SweepStatus(in: folder.path + "/a")
        #expect(status.unneeded == 1 && status.missing == 0 && status.finished == 3)
    }
}
