import Testing

@testable import Experiments

@Suite struct FigureTests {
    static let curves = SavedCurves(
        training: .init(loss: [0.5, 0.4, 0.3], accuracy: [0.8, 0.9, 0.95]),
        validation: .init(loss: [0.3, 0.1, 0.2], accuracy: [0.9, 0.96, 0.94]))

    static var run: SavedRun {
        var run = SavedRun(directory: "a", config: [:])
        run.curves = curves
        run.test = TestFigures(loss: 0.11, accuracy: 0.97, accuracyError: nil)
        return run
    }

    @Test(
        arguments: [
            ("loss", .last, 0.3), ("accuracy", .last, 0.95), ("val_loss", .last, 0.2), ("val_accuracy", .last, 0.94),
            ("val_accuracy", .kept, 0.96), ("loss", .kept, 0.4), ("val_accuracy@1", .kept, 0.9), ("loss@3", .kept, 0.3),
            ("val_loss@last", .kept, 0.2), ("val_loss@kept", .last, 0.1), ("accuracy@4", .last, nil),
            ("gap", .last, 0.95 - 0.94), ("gap@1", .last, 0.8 - 0.9), ("test_loss", .kept, 0.11),
            ("test_accuracy", .last, 0.97), ("best_loss", .last, 0.3), ("best_accuracy", .last, 0.95),
            ("best_val_loss", .last, 0.1), ("best_val_accuracy", .last, 0.96), ("epochs", .last, 3),
            ("best_epoch", .last, 2), ("loss", .epoch(2), 0.4),
        ] as [(String, EpochPlace, Double?)])
    func `a figure is that of the epoch it names, or of the common one`(
        text: String, common: EpochPlace, value: Double?
    ) throws {
        let figure = try Figure(parsing: text)
        #expect(figure.placed(at: common).value(in: Self.run) == value)
        #expect(figure.name == text)
    }

    @Test(arguments: ["val_loss", "gap", "val_accuracy@kept", "best_epoch", "loss@kept"])
    func `without validation there are no figures of it, and no best epoch`(text: String) throws {
        var run = Self.run
        run.curves.validation = nil
        #expect(try Figure(parsing: text).placed(at: .last).value(in: run) == nil)
    }

    @Test(arguments: [
        ("val_acc", "unknown figure \"val_acc\"", "did you mean \"val_accuracy\"?"),
        ("", "unknown figure \"\"", nil), ("loss@0", "\"0\" is no epoch", EpochPlace.remedy),
        ("loss@", "\"\" is no epoch", EpochPlace.remedy), ("loss@first", "\"first\" is no epoch", EpochPlace.remedy),
        ("test_loss@1", "test_loss is no figure of a single epoch", "leave out \"@1\""),
        ("epochs@kept", "epochs is no figure of a single epoch", "leave out \"@kept\""),
    ])
    func `what names no figure is said to`(text: String, message: String, remedy: String?) {
        let fault = #expect(throws: Figure.Fault.self) { try Figure(parsing: text) }
        #expect(fault?.message == message)
        if let remedy { #expect(fault?.remedy == remedy) }
    }

    @Test(
        arguments: [
            (0.9734, .accuracy, ".9734"), (1, .accuracy, "1.0000"), (0.99996, .accuracy, "1.0000"), (0, .loss, ".0000"),
            (2.30259, .loss, "2.3026"), (-0.0123, .gap, "-.0123"), (13, .epochs, "13"), (12.333, .bestEpoch, "12.3"),
        ] as [(Double, Figure.Quantity, String)])
    func `numbers are written as reports write them`(value: Double, quantity: Figure.Quantity, text: String) {
        #expect(reportNumber(value, of: quantity) == text)
    }

    @Test(
        arguments: [
            (0.0012, .accuracy, "+0.12"), (-0.0212, .testAccuracy, "-2.12"), (0.0012, .gap, "+0.12"),
            (0.0012, .loss, "+.0012"), (-0.0376, .testLoss, "-.0376"), (-0.00001, .loss, "+.0000"),
            (3, .epochs, "+3"), (-1.25, .epochs, "-1.2"),
            (-1.5, .loss, "-1.5000"),
            (0, .bestEpoch, "+0"),
        ] as [(Double, Figure.Quantity, String)])
    func `differences of shares are told in points`(value: Double, quantity: Figure.Quantity, text: String) {
        #expect(reportDifference(value, of: quantity) == text)
    }

    @Test(
        arguments: [
            ([0.9734], .accuracy, ".9734 †"), ([0.98, 0.98], .accuracy, ".9800 ± .0000"), ([13, 13], .epochs, "13"),
            ([13], .epochs, "13 †"), ([12, 13, 14], .epochs, "13 ± 2.5"),
            ([0.9871, 0.9882, 0.9869], .loss, ".9874 ± .0017"),
        ] as [([Double], Figure.Quantity, String)])
    func `a mean is written with what seeds make of it`(values: [Double], quantity: Figure.Quantity, text: String) {
        #expect(reportNumber(Sample(values), of: quantity) == text)
    }

    @Test(
        arguments: [
            (.values([0.9734]), ".9734"), (.values([0.9406, 0.9388]), ".9388 – .9406"),
            (.bounds(min: 0.98, max: nil), "above .9800"), (.bounds(min: nil, max: 0.98), "below .9800"),
            (.bounds(min: 0.9, max: 0.98), ".9000 to .9800"),
        ] as [(ReportedValue, String)])
    func `what was reported is written as it was`(value: ReportedValue, text: String) {
        #expect(reportNumber(value, of: .accuracy) == text)
    }
}

extension SavedCurves {
    init(training: Series, validation: Series?) {
        self.init()
        self.training = training
        self.validation = validation
    }
}
