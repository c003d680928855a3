import Testing

@testable import Analysis

@Suite struct MistakeTests {
    private static func verdict(
        _ image: Int, _ label: Int, _ predicted: Int, _ confidence: Float, loss: Float = 0
    ) -> Verdicts.Verdict {
        .init(image: image, label: label, predicted: predicted, confidence: confidence, loss: loss)
    }

    @Test func `the largest loss comes first, what is no number before it, and right answers not at all`() {
        let verdicts = Verdicts([
            Self.verdict(0, 1, 2, 0.6, loss: 2), Self.verdict(1, 1, 1, 0.9, loss: 9),
            Self.verdict(2, 0, 2, 0.7, loss: .nan), Self.verdict(3, 2, 0, 0.8, loss: 5),
            Self.verdict(4, 2, 1, 0.8, loss: 5),
        ])
        #expect(verdicts.mistakes.map(\.image) == [2, 3, 4, 0])
        #expect(verdicts.accuracy == 0.2)
    }

    @Test func `pairs are sorted by their number, then by class`() {
        let labels = [4, 4, 4, 4, 9, 9, 1, 0]
        let predictions = [9, 9, 4, 1, 4, 9, 1, 1]
        let verdicts = Verdicts(
            zip(labels, predictions).enumerated().map { Self.verdict($0, $1.0, $1.1, 0.5) })
        let pairs = verdicts.confusedPairs
        #expect(
            pairs.map { [$0.label, $0.predicted, $0.count, $0.labelCount] } == [
                [4, 9, 2, 4], [0, 1, 1, 1], [4, 1, 1, 4], [9, 4, 1, 2],
            ])
        #expect(pairs[0].share == 0.5)
    }

    @Test func `the calibration error is the distance of accuracy from confidence, weighted by images`() {
        // Two images at .75 of which one is right, and two at .95 that are right.
        let calibration = Calibration(
            Verdicts([
                Self.verdict(0, 1, 1, 0.75), Self.verdict(1, 1, 0, 0.75), Self.verdict(2, 1, 1, 0.95),
                Self.verdict(3, 1, 1, 0.95),
            ]), bins: 10)
        #expect(calibration.bins.map(\.count) == [0, 0, 0, 0, 0, 0, 0, 2, 0, 2])
        #expect(calibration.bins[7].accuracy == 0.5)
        #expect(abs(calibration.expectedError - (0.5 * 0.25 + 0.5 * 0.05)) < 1e-7)
        #expect(abs(calibration.confidence - 0.85) < 1e-7)
    }

    @Test(arguments: [(Float(0), 0), (0.0999, 0), (0.1001, 1), (0.5, 4), (1, 9)])
    func `a bin reaches from beyond its lower end to its upper one`(confidence: Float, bin: Int) {
        let calibration = Calibration(Verdicts([Self.verdict(0, 0, 0, confidence)]))
        #expect(calibration.bins.firstIndex { $0.count == 1 } == bin)
    }

    @Test func `without a finite confidence there is no error to be told`() {
        #expect(Calibration(Verdicts([])).expectedError.isNaN)
        #expect(Calibration(Verdicts([Self.verdict(0, 0, 1, .nan)])).bins.allSatisfy { $0.count == 0 })
    }
}
