import Testing

@testable import Experiments

@Suite struct JudgementTests {
    static let mnist = 0.004

    @Test(
        arguments: [
            (.values([0.9734]), 0.9734, .agrees), (.values([0.9734]), 0.9700, .agrees),
            // The limit itself is within, whatever its last bit.
            (.values([0.9734]), 0.9694, .agrees), (.values([0.9734]), 0.9693, .disagrees),
            // So is what is above.
            (.values([0.9734]), 0.9774, .agrees), (.values([0.9734]), 0.9775, .better),
            (.values([0.9734]), 0.9999, .better), (.values([0.7648]), 0.0980, .disagrees),
            // Of several, the nearest.
            (.values([0.9388, 0.9406]), 0.9349, .agrees), (.values([0.9388, 0.9406]), 0.9446, .agrees),
            (.values([0.9388, 0.9406]), 0.9447, .better), (.values([0.9406, 0.9388]), 0.9347, .disagrees),
            // Bounds have no tolerance.
            (.bounds(min: 0.98, max: nil), 0.98, .met), (.bounds(min: 0.98, max: nil), 0.9799, .unmet),
            (.bounds(min: nil, max: 0.98), 0.98, .met), (.bounds(min: nil, max: 0.98), 0.9801, .unmet),
            (.bounds(min: 0.9, max: 0.98), 0.95, .met), (.bounds(min: 0.9, max: 0.98), 0.89, .unmet),
        ] as [(ReportedValue, Double, Judgement)])
    func `an accuracy agrees within the tolerance and is better beyond it`(
        reported: ReportedValue, mean: Double, judgement: Judgement
    ) {
        #expect(reported.judged(by: mean, isAccuracy: true, tolerance: Self.mnist) == judgement)
    }

    @Test(
        arguments: [
            (.values([0.0376]), 0.0376, .shown), (.values([0.0376]), 9, .shown),
            (.bounds(min: nil, max: 0.05), 0.04, .met), (.bounds(min: nil, max: 0.05), 0.06, .unmet),
        ] as [(ReportedValue, Double, Judgement)])
    func `losses and numbers of epochs are held to bounds only`(
        reported: ReportedValue, mean: Double, judgement: Judgement
    ) {
        #expect(reported.judged(by: mean, isAccuracy: false, tolerance: Self.mnist) == judgement)
    }

    @Test(arguments: [
        ([0.5], 0.75, 0.25), ([0.5], 0.25, -0.25), ([0.5, 0.75], 0.625, 0), ([0.5, 0.75], 1, 0.25),
        ([0.75, 0.5], 0.25, -0.25),
    ])
    func `a difference is that to the nearest of the reported figures`(
        reported: [Double], mean: Double, difference: Double
    ) {
        #expect(ReportedValue.values(reported).difference(of: mean) == difference)
        #expect(ReportedValue.bounds(min: 0, max: 1).difference(of: mean) == nil)
    }

    @Test(
        arguments: [
            (.greater, 0.1...0.2, .holds), (.greater, -0.1...0.2, .undecided), (.greater, -0.2 ... -0.1, .fails),
            (.greater, 0...0.2, .undecided), (.less, -0.2 ... -0.1, .holds), (.less, -0.1...0.2, .undecided),
            (.less, 0.1...0.2, .fails), (.equal, -0.004...0.004, .holds), (.equal, -0.005...0.001, .undecided),
            (.equal, -0.1...0.1, .undecided), (.equal, 0.0041...0.1, .fails), (.equal, -0.1 ... -0.0041, .fails),
            (.equal, 0.001...0.002, .holds),
            (.greater, nil, .undecided), (.less, nil, .undecided), (.equal, nil, .undecided),
        ] as [(ReportedClaim.Relation, ClosedRange<Double>?, DecidedClaim.Verdict)])
    func `a claim is decided by the whole interval of the difference`(
        relation: ReportedClaim.Relation, interval: ClosedRange<Double>?, verdict: DecidedClaim.Verdict
    ) {
        #expect(relation.verdict(on: interval, within: 0.004) == verdict)
    }
}
