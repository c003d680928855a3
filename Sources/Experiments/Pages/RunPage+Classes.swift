import Analysis
import Reporting

extension RunPage {
    private static let mostPairs = 10

    /// Which classes were recognized, and which were taken for which.
    var classes: PageSection? {
        let report = result.classes
        let picture = ConfusionPicture(name: run.config.name, counts: report.confusion, classes: report.names)
        var blocks: [PageBlock] = [
            .beside([
                .figure(
                    PageFigure(picture.plot, alt: "Confusion matrix: true classes in rows, predicted ones in columns")),
                .table(report.pageTable),
            ])
        ]
        let pairs = Array(result.verdicts.confusedPairs.prefix(Self.mostPairs))
        if pairs.isEmpty {
            blocks.append(.paragraph("Every test image was classified correctly."))
        } else {
            blocks.append(.table(report.pairsTable(pairs)))
        }
        return PageSection("classes", "Classes", blocks)
    }
}

extension ClassReport {
    fileprivate func pairsTable(_ pairs: [ConfusedPair]) -> PageTable {
        PageTable(
            "Mistakes made most often", ["true class", "taken for", .right("images"), .right("of the class")],
            rows: pairs.map { pair in
                [
                    .init(names[pair.label]), .init(names[pair.predicted]), .init(grouped(pair.count)),
                    .init(percent(pair.share)),
                ]
            })
    }

    fileprivate var pageTable: PageTable {
        PageTable(
            "Test images by class",
            ["class", .right("precision"), .right("recall"), .right("F1"), .right("images")],
            rows: rows.map { row in
                [.init(row.label)]
                    + [row.precision, row.recall, row.f1].map { .init($0.map { fixed($0, digits: 4) } ?? absent) }
                    + [.init(grouped(row.support))]
            })
    }
}
