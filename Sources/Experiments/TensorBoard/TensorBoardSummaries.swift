import Analysis
import Exchange
import Reporting
import Tensors
import Training

// What runs tell TensorBoard beside their curves.

extension [SummaryValue] {
    /// Histograms of all weights, by the names that Keras gives them.
    static func histograms(_ parameters: [Parameter], _ values: (Parameter) -> [Float]) -> [SummaryValue] {
        parameters.map { .histogram("\($0.name)/histogram", of: values($0)) }
    }

    /// The figures that tell how good a finished run is; those of its last epoch are the ends of its curves.
    static func results(_ state: TrialState) -> [SummaryValue] {
        Metric.results(isValidated: state.history.last?.validation != nil).compactMap { metric in
            state.value(of: metric).map { .scalar(metric.resultTag, $0) }
        }
    }

}

extension SummaryValue {
    fileprivate static func picture(_ name: String, _ plot: Plot) -> SummaryValue {
        .image("pictures/\(name)", png: plot.png(scale: 1))
    }
}

extension Metric {
    /// What of a finished run cannot be seen at the ends of its curves.
    static func results(isValidated: Bool) -> [Metric] {
        [.testAccuracy, .testLoss]
            + (isValidated ? [.bestValidationAccuracy, .bestValidationLoss] : [.bestAccuracy, .bestLoss])
    }

    /// TensorBoard puts what begins alike under one heading.
    var resultTag: String { "result/\(rawValue)" }
}

extension Inspection {
    private static let shownMistakes = 30

    /// The pictures of a finished run. Mistakes need its test images.
    func tensorBoardPictures(confusion: ConfusionPicture, withMistakes: Bool) throws -> [SummaryValue] {
        var pictures = [SummaryValue.picture("confusion", confusion.plot)]
        do {
            pictures.append(.picture("filters", try filterPlot(InspectionChoice())))
        } catch let error as InspectionError where error.isAboutFilters {
            // A model without convolutions has none.
        }
        if withMistakes, try !verdicts().mistakes.isEmpty {
            pictures.append(.picture("mistakes", try mistakePlot(InspectionChoice(count: Self.shownMistakes))))
        }
        return pictures
    }
}
