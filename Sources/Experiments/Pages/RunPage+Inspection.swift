import Reporting

// What the model has learned, and where it fails; `mnist-lab inspect` shows more of it.
extension RunPage {
    private static let shownMistakes = 12

    /// The images about which the model is most wrong.
    var mistakes: PageSection? {
        get throws {
            guard !result.verdicts.mistakes.isEmpty else { return nil }
            let plot = try Inspection(run, result.verdicts).mistakePlot(InspectionChoice(count: Self.shownMistakes))
            return PageSection(
                "mistakes", "Worst mistakes",
                [.figure(PageFigure(plot, alt: "Test images with their true and their predicted classes"))])
        }
    }

    /// The first convolution's filters; a model without one has none.
    var filters: PageSection? {
        get throws {
            let plot: Plot
            do {
                plot = try Inspection(run, result.verdicts).filterPlot(InspectionChoice())
            } catch let error as InspectionError where error.isAboutFilters {
                return nil
            }
            return PageSection(
                "filters", "Filters", [.figure(PageFigure(plot, alt: "Weights of the first filters, as squares"))])
        }
    }
}
