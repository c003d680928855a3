import Reporting
import Testing
import Training

@testable import CommandLineTool
@testable import Experiments

@Suite struct SweepScreenTests {
    private static var snapshot: SweepSnapshot {
        var snapshot = SweepSnapshot()
        func trial(_ name: String) -> SweepTrial {
            var trial = SweepTrial(values: [], seed: 0, fold: nil, group: 0)
            trial.name = name
            return trial
        }
        (snapshot.total, snapshot.done, snapshot.failed, snapshot.share) = (30, 12, 1, 0.4)
        snapshot.best = (trial("batch_size=16,hidden=512-256,seed=2"), 0.9713)
        snapshot.running = [
            .init(trial: trial("batch_size=64,hidden=512-256,seed=0"), threads: 1, epochs: 10, step: nil)
        ]
        return snapshot
    }

    @Test(arguments: [1, 5, 10, 20, 30, 39, 40, 60, 79, 80, 120, 300])
    func `no line is wider than the screen`(width: Int) {
        for line in SweepScreen(Self.snapshot, secondsLeft: 192).lines(width: width) {
            #expect(displayWidth(line) <= width, "\(line)")
        }
    }

    @Test func `a screen of 80 columns shows how far a sweep is`() {
        #expect(
            SweepScreen(Self.snapshot, secondsLeft: 192).lines(width: 79) == [
                "━━━━━━──────────  12/30  1 failed  3:12 left  best val_accuracy 0.9713 batch_s…",
                "  batch_size=64,hidden=512-256,seed=0                                    begins",
            ])
    }
}
