import Reporting

extension RunPage {
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
        let pairs = report.confusedPairs
        if pairs.isEmpty {
            blocks.append(.paragraph("Every test image was classified correctly."))
        } else {
            blocks.append(.table(report.pairsTable(pairs)))
        }
        return PageSection("classes", "Classes", blocks)
    }
}

extension ClassReport {
    /// A pair of classes, and how often images of the one were taken for the other.
    struct ConfusedPair {
        let truth: Int
        let prediction: Int
        let count: Int
    }

    private static let mostPairs = 10

    /// The pairs that were confused most often; of equals, those of earlier classes come first.
    var confusedPairs: [ConfusedPair] {
        let all = confusion.indices.flatMap { truth in
            confusion[truth].indices.filter { $0 != truth && confusion[truth][$0] > 0 }
                .map { ConfusedPair(truth: truth, prediction: $0, count: confusion[truth][$0]) }
        }
        let order = all.indices.sorted { (-all[$0].count, $0) < (-all[$1].count, $1) }
        return order.prefix(Self.mostPairs).map { all[$0] }
    }

    fileprivate func pairsTable(_ pairs: [ConfusedPair]) -> PageTable {
        PageTable(
            "Mistakes made most often", ["true class", "taken for", .right("images"), .right("of the class")],
            rows: pairs.map { pair in
                let share = Double(pair.count) / Double(max(1, confusion[pair.truth].reduce(0, +)))
                return [
                    .init(names[pair.truth]), .init(names[pair.prediction]), .init(grouped(pair.count)),
                    .init(percent(share)),
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
