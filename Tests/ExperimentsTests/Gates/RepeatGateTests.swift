import Schema
import Testing

@testable import Experiments

@Suite struct RepeatGateTests {
    static func bound(
        _ metric: Metric, min: Double? = nil, max: Double? = nil, confidence: Double? = 0.95
    ) -> Expectations.Bound {
        .init(metric: metric, min: min, max: max, confidence: confidence)
    }

    static let above = [0.9871, 0.9882, 0.9869]
    static let below = [0.9832, 0.9829, 0.9835]
    static let around = [0.9871, 0.9832, 0.9869]

    @Test(
        arguments: [
            (bound(.testAccuracy, min: 0.985), above, true), (bound(.testAccuracy, min: 0.985), below, false),
            (bound(.testAccuracy, min: 0.985), around, nil),
            // The same values the other way round.
            (bound(.testAccuracy, max: 0.985), above, false), (bound(.testAccuracy, max: 0.985), below, true),
            (bound(.testAccuracy, max: 0.985), around, nil),
            // Between two bounds, outside of either, and across either.
            (bound(.testAccuracy, min: 0.98, max: 0.99), above, true),
            (bound(.testAccuracy, min: 0.97, max: 0.98), above, false),
            (bound(.testAccuracy, min: 0.99, max: 1), above, false),
            (bound(.testAccuracy, min: 0.9874, max: 1), above, nil),
            (bound(.testAccuracy, min: 0.9, max: 0.9874), above, nil),
            // An interval wider than what the bounds allow.
            (bound(.testAccuracy, min: 0.9873, max: 0.9875), above, nil),
            // Too few to tell, however clear.
            (bound(.testAccuracy, min: 0.5), [0.99], nil), (bound(.testAccuracy, min: 0.5), [], nil),
            // No deviation at all.
            (bound(.testAccuracy, min: 1), [1, 1, 1], true), (bound(.testAccuracy, min: 0.99), [0.98, 0.98], false),
            // A higher confidence asks for more.
            (bound(.testAccuracy, min: 0.9846, confidence: 0.5), around, true),
            (bound(.testAccuracy, min: 0.985, confidence: 0.999), above, nil),
            // Without a confidence the mean decides, whatever surrounds it.
            (bound(.testAccuracy, min: 0.985, confidence: nil), around, true),
            (bound(.testAccuracy, min: 0.986, confidence: nil), around, false),
            (bound(.testAccuracy, min: 0.5, confidence: nil), [0.99], true),
            (bound(.testAccuracy, min: 0.5, confidence: nil), [], false),
        ] as [(Expectations.Bound, [Double], Bool?)])
    func `repeats meet a bound, miss it or leave it open`(bound: Expectations.Bound, values: [Double], met: Bool?) {
        #expect(JudgedExpectation(bound, repeats: Sample(values)).met == met)
    }

    @Test(
        arguments: [
            ([.testAccuracy: above, .testLoss: [0.03, 0.031]], .passed),
            ([.testAccuracy: above, .testLoss: [0.03, 0.031], .loss: [7]], .passed),
            ([.testAccuracy: around, .testLoss: [0.03, 0.031]], .inconclusive),
            ([.testAccuracy: around, .testLoss: [0.3, 0.31]], .failed),
            ([.testAccuracy: below, .testLoss: [0.03, 0.031]], .failed),
            ([.testAccuracy: above], .failed),
            ([:], .failed),
        ] as [([Metric: [Double]], Verdict)])
    func `a config's expectations together pass, fail or stay open`(values: [Metric: [Double]], verdict: Verdict) {
        let expectations = Expectations(bounds: [
            Self.bound(.testAccuracy, min: 0.985), Self.bound(.testLoss, max: 0.1, confidence: nil),
        ])
        #expect(Verdict(expectations.judged(over: values)) == verdict)
        #expect(Verdict(Expectations().judged(over: values)) == nil)
    }

    @Test(
        arguments: [
            ([above, above], .passed), ([above, around], .inconclusive), ([around, below, above], .failed),
            ([above, [0.99]], .inconclusive), ([], nil),
        ] as [([[Double]], Verdict?)])
    func `a sweep fails with any of its groups and passes with all of them`(groups: [[Double]], verdict: Verdict?) {
        let trials = groups.enumerated().flatMap { index, values in
            SampleTrials.repeats([.init("x", JSON(index))], values, of: .testAccuracy)
        }
        let expectations = Expectations(bounds: [Self.bound(.testAccuracy, min: 0.985)])
        let judged = expectations.judged(TrialGroup.groups(of: trials))
        #expect(judged.count == groups.count)
        #expect(Verdict(all: judged.map(\.verdict)) == verdict)
        #expect(Verdict(all: Expectations().judged(TrialGroup.groups(of: trials)).map(\.verdict)) == nil)
    }

    @Test func `repeats are reported as single runs are, with their number and interval`() throws {
        let judged = JudgedExpectation(Self.bound(.testAccuracy, min: 0.5), repeats: Sample([0.5, 0.75]))
        let interval = try #require(Sample([0.5, 0.75]).interval(0.95))
        #expect(
            judged.json == [
                "metric": "test_accuracy", "min": 0.5, "max": nil, "value": 0.625, "met": nil, "confidence": 0.95,
                "n": 2, "interval": [JSON(interval.lowerBound), JSON(interval.upperBound)],
            ])
        #expect(
            judged.text
                == "expected       test_accuracy at least 0.5: undecided (0.6250, n = 2, 95 %: -0.9633 to 2.2133)"
        )
        let single = JudgedExpectation(judged.bound, repeats: Sample([0.5]))
        #expect(
            single.text
                == "expected       test_accuracy at least 0.5: undecided: a confidence needs repeats (0.5000, n = 1)")
        let plain = JudgedExpectation(Self.bound(.testLoss, max: 1, confidence: nil), repeats: Sample([0.5]))
        #expect(plain.text == "expected       test_loss at most 1.0: met (0.5000, n = 1)")
        #expect(plain.json["interval"] == .some(nil))
        let group = try #require(
            Expectations(bounds: [judged.bound]).judged([SampleTrials.group(32, [0.5, 0.75], of: .testAccuracy)]).first)
        #expect(
            group.json == [
                "values": ["training.batch_size": 32], "n": 2, "expect": [judged.json], "verdict": "inconclusive",
            ])
    }
}
