import Foundation
import Testing
import Training

@testable import Experiments

@Suite struct HalvingTests {
    /// A trial with these validation accuracies, an epoch each.
    private static func trial(
        _ accuracies: [Double], losses: [Double]? = nil, failure: String? = nil, isFinished: Bool = false
    ) -> TrialState {
        TrialState(
            history: accuracies.enumerated().map { epoch, accuracy in
                EpochRecord(
                    epoch: epoch, loss: 1, accuracy: 0, learningRate: 1,
                    validation: Score(loss: losses?[epoch] ?? 1 - accuracy, accuracy: accuracy))
            }, test: isFinished ? Score(loss: 0, accuracy: 0) : nil, failure: failure, attempts: 1)
    }

    private static func course(
        _ groups: [[TrialState]], by metric: Halving.Metric = .validationAccuracy, factor: Int = 2, epochs: Int = 8
    ) -> [HalvingCourse.Target] {
        var halving = Halving()
        halving.factor = factor
        halving.metric = metric
        return HalvingCourse(halving, epochs: epochs, groups: groups).targets
    }

    @Test func `rungs grow by the factor and end before the last epoch`() {
        var halving = Halving()
        #expect(halving.rungs(epochs: 30) == [1, 3, 9, 27])
        #expect(halving.rungs(epochs: 27) == [1, 3, 9])
        #expect(halving.rungs(epochs: 1) == [])
        halving.minEpochs = 4
        halving.factor = 2
        #expect(halving.rungs(epochs: 16) == [4, 8])
        #expect(halving.rungs(epochs: .max).count < 64)
    }

    @Test func `before all have come to a rung nothing is decided`() {
        #expect(Self.course([[Self.trial([0.1])], [Self.trial([])]]) == [.epochs(1), .epochs(1)])
    }

    @Test func `the better part goes on, the others stop where they are`() {
        let groups = [0.1, 0.4, 0.3, 0.2].map { [Self.trial([$0])] }
        #expect(Self.course(groups) == [.stopped(after: 1), .epochs(2), .epochs(2), .stopped(after: 1)])
        #expect(
            Self.course(groups, factor: 4) == [.stopped(after: 1), .epochs(4), .stopped(after: 1), .stopped(after: 1)])
    }

    @Test func `of equals the first goes on`() {
        #expect(Self.course([0.2, 0.2, 0.2, 0.2].map { [Self.trial([$0])] })[0..<2] == [.epochs(2), .epochs(2)])
    }

    @Test func `repeats are judged by their mean`() {
        let groups = [[0.9, 0.1], [0.6, 0.6]].map { $0.map { Self.trial([$0]) } }
        #expect(Self.course(groups) == [.stopped(after: 1), .epochs(2)])
    }

    @Test func `what failed is worse than everything else, and nobody waits for it`() {
        let groups = [[Self.trial([0.9], failure: "diverged")], [Self.trial([0.1])]]
        #expect(Self.course(groups) == [.stopped(after: 1), .epochs(2)])
    }

    @Test func `later epochs do not change what was decided before`() {
        let groups = [[Self.trial([0.1, 1, 1, 1])], [Self.trial([0.2, 0])]]
        #expect(Self.course(groups)[0] == .stopped(after: 1))
    }

    @Test func `a trial that stopped by itself counts with its last epoch`() {
        let groups = [
            [Self.trial([0.5], isFinished: true)], [Self.trial([0.4, 0.45])], [Self.trial([0.1])], [Self.trial([0.1])],
        ]
        #expect(
            Self.course(groups, epochs: 4)
                == [.end, .stopped(after: 2), .stopped(after: 1), .stopped(after: 1)])
    }

    @Test func `by validation loss the lower goes on, whatever the accuracy`() {
        let groups = zip([0.1, 0.2, 0.9, 0.3], [0.3, 0.1, 0.2, 0.4]).map { [Self.trial([$0], losses: [$1])] }
        #expect(
            Self.course(groups, by: .validationLoss)
                == [.stopped(after: 1), .epochs(2), .epochs(2), .stopped(after: 1)])
    }

    @Test func `a sweep with halving trains no epoch twice and decides the same however it is run`() throws {
        let folder = try TemporaryFolder()
        let sweep =
            #"{ "grid": { "training.optimizer.learning_rate": [0, 0.3, 0.001, 0.1] }, "repeats": 2, "halving": { "factor": 2 } }"#
        let tiny = try TinySweep(sweep, epochs: 4)
        let (log, results) = try tiny.run(in: "\(folder.path)/a")
        #expect(log.finished.count == 2)
        #expect(results.rows.map(\.state.history.count).sorted() == [1, 1, 1, 1, 2, 2, 4, 4])
        #expect(results.isComplete)
        // As many epochs as there are rows: what went on went on from its checkpoint.
        for row in results.rows {
            let timings = try text(of: "\(folder.path)/a/trials/\(row.trial.name)/timings.csv").split(separator: "\n")
            #expect(timings.count - 1 == row.state.history.count)
        }
        var runs = 0
        while try tiny.run(in: "\(folder.path)/b", shares: Shares(jobs: 1, threads: 1), stoppingAfter: 3).log.isThrough
            == false
        {
            runs += 1
        }
        #expect(runs > 2)
        #expect(try text(of: "\(folder.path)/a/trials.csv") == text(of: "\(folder.path)/b/trials.csv"))
        // Without halving the same trials go on to the end.
        let whole = try TinySweep(sweep.replacing(#", "halving": { "factor": 2 }"#, with: ""), epochs: 4)
        let rest = try whole.run(in: "\(folder.path)/a")
        #expect(rest.results.isComplete, "\(rest.log.endings)")
        for row in rest.results.rows {
            #expect(row.state.history.count == 4)
            let timings = try text(of: "\(folder.path)/a/trials/\(row.trial.name)/timings.csv").split(separator: "\n")
            #expect(timings.count - 1 == 4)
        }
    }
}
