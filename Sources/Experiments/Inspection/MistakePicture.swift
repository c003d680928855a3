import Analysis
import Datasets
import Reporting

extension Inspection {
    private static let usualMistakes = 30
    /// Names longer than this need wider tiles.
    private static let shortName = 3

    /// The images about which the network is most wrong.
    func mistakePlot(_ choice: InspectionChoice) throws -> Plot {
        let (images, verdicts) = (try testImages(), try verdicts())
        let mistakes = verdicts.mistakes
        let count = choice.count(of: mistakes.count, default: Self.usualMistakes)
        let hasShortNames = images.classNames.allSatisfy { $0.count <= Self.shortName }
        let grid = ImageGrid(
            "", mistakes.prefix(count).map { tile($0, images) }, columns: hasShortNames ? 6 : 5,
            size: hasShortNames ? 104 : 124, gap: hasShortNames ? 16 : 20)
        let all = "among \(grouped(verdicts.all.count)) test images"
        let subtitle =
            mistakes.isEmpty
            ? "no mistake \(all)"
            : count < mistakes.count
                ? "the worst \(grouped(count)) of \(grouped(mistakes.count)) mistakes \(all)"
                : "all \(grouped(count)) mistakes \(all)"
        return Plot(
            "\(displayable(name)): mistakes", subtitle: subtitle, [grid], columns: 1,
            notes: mistakes.isEmpty
                ? []
                : ["True class → predicted class, and how sure the network was of it; the largest loss first."]
                    + channelNotes(network.input.channels))
    }

    private func tile(_ verdict: Verdicts.Verdict, _ images: Dataset) -> ImageGrid.Tile {
        ImageGrid.Tile(
            pixelImage(images, verdict.image),
            caption: "\(className(verdict.label)) → \(className(verdict.predicted))\n"
                + percent(Double(verdict.confidence), digits: 1),
            tip: "test image \(verdict.image): \(className(verdict.label)), taken for \(className(verdict.predicted)), "
                + "loss \(metric(Double(verdict.loss)))")
    }
}
