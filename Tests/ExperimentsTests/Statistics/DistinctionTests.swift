import Testing

@testable import Experiments

@Suite struct DistinctionTests {
    typealias Trials = SampleTrials

    @Test(
        arguments: [
            (
                Trials.group(32, [0.9871, 0.9882, 0.9869]), Trials.group(64, [0.9851, 0.9859, 0.9847]), true,
                "The best (batch_size 32) is distinguishable from the next (batch_size 64): val_accuracy differs by "
                    + "+0.0022, 95 % interval +0.0018 to +0.0025, p = 0.0017, paired by seed."
            ),
            (
                Trials.group(32, [0.9871, 0.9882, 0.9869]), Trials.group(64, [0.9870, 0.9885, 0.9866, 0.9868]), false,
                "The best (batch_size 32) is not distinguishable from the next (batch_size 64): val_accuracy differs "
                    + "by +0.0002, 95 % interval -0.0014 to +0.0017, p = 0.7797, Welch's test."
            ),
            (
                Trials.group(32, [0.99]), Trials.group(64, [0.98]), false,
                "The best (batch_size 32) is not distinguishable from the next (batch_size 64): val_accuracy differs "
                    + "by +0.0100, but without repeats nobody knows how much of it is chance."
            ),
            (
                Trials.group(32, [0.5, 0.5]), Trials.group(64, [0.25, 0.25]), true,
                "The best (batch_size 32) is distinguishable from the next (batch_size 64): val_accuracy differs by "
                    + "+0.2500, 95 % interval +0.2500 to +0.2500, p < 0.0001, paired by seed."
            ),
            (
                Trials.group(32, [0.5, 0.5]), Trials.group(64, [0.25], of: .loss), false,
                "val_accuracy is not known of both batch_size 32 and batch_size 64."
            ),
        ])
    func `a sentence says whether the best is more than luck`(
        best: TrialGroup, next: TrialGroup, isDistinguishable: Bool, sentence: String
    ) {
        let distinction = Distinction(best: best, next: next, on: .validationAccuracy)
        #expect(distinction.isDistinguishable == isDistinguishable)
        #expect(distinction.sentence == sentence)
    }
}
