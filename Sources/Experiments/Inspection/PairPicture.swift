import Analysis
import Datasets
import Reporting

extension Inspection {
    private static let usualPairs = 10
    private static let pairsWithImages = 4
    private static let imagesOfPair = 10

    /// Which classes are taken for which, with images of the most frequent pairs.
    func pairPlot(_ choice: InspectionChoice) throws -> Plot {
        let (images, verdicts) = (try testImages(), try verdicts())
        let pairs = verdicts.confusedPairs
        let shown = Array(pairs.prefix(choice.count(of: pairs.count, default: Self.usualPairs)))
        let counts = shown.map { Double($0.count) }
        let bars = BarChart(
            "images", categories: shown.map(text), [.init("", counts, member: 1)],
            axis: Axis("", isWhole: true), isHorizontal: true
        ) { grouped(Int($0)) }
        let mistakes = verdicts.mistakes
        let examples = shown.prefix(Self.pairsWithImages).map { pair in
            let wrong = mistakes.filter { $0.label == pair.label && $0.predicted == pair.predicted }
            return ImageGrid(
                "\(text(pair))   \(pair.count) of \(grouped(pair.labelCount)) images",
                wrong.prefix(Self.imagesOfPair).map {
                    .init(pixelImage(images, $0.image), tip: "test image \($0.image)")
                },
                columns: Self.imagesOfPair, size: 60)
        }
        return Plot(
            "\(displayable(name)): classes that are confused",
            subtitle: pairs.isEmpty
                ? "no mistake among \(grouped(verdicts.all.count)) test images"
                : "the first \(shown.count) of \(grouped(pairs.count)) pairs, true class → predicted class",
            pairs.isEmpty ? [] : [bars] + examples, columns: 1,
            notes: pairs.isEmpty ? [] : channelNotes(network.input.channels))
    }

    func text(_ pair: ConfusedPair) -> String { "\(className(pair.label)) → \(className(pair.predicted))" }
}
