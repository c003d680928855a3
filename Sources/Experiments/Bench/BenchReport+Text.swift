import Reporting

extension BenchReport {
    /// For people: the peak, a table of kernels, a table of models.
    package func text(against earlier: BenchReport? = nil, width: Int) -> String {
        let comparison = earlier.map { BenchComparison(self, against: $0) }
        func ratio(_ value: Double?) -> String { value.map { fixed($0, digits: 2) } ?? "" }
        func share(_ gflops: Double) -> [String] {
            [fixed(gflops, digits: 1), percent(percentOfPeak(gflops) / 100, digits: 1)]
        }
        let rates: [TextTable.Column] = [.right("GFLOP/s"), .right("of peak")]
        let ratios: [TextTable.Column] = comparison == nil ? [] : [.right("ratio")]
        var kernelTable = TextTable(
            ["kernel", "shape"] + rates + ratios,
            rows: kernels.map { [$0.name, $0.shape] + share($0.gflops) + [ratio(comparison?.ratio(of: $0))] })
        var trainingTable = TextTable(
            ["training", .right("batch"), .right("images/s")] + rates + ratios,
            rows: training.map { figure in
                [figure.config, "\(figure.batchSize)", grouped(Int(figure.imagesPerSecond.rounded()))]
                    + share(figure.gflops) + [ratio(comparison?.ratio(of: figure))]
            })
        if let comparison {
            kernelTable.rows.append(["geometric mean", "", "", "", ratio(comparison.kernels)])
            trainingTable.rows.append(["geometric mean", "", "", "", "", ratio(comparison.training)])
        }
        let against = comparison.map { ", \(fixed($0.peak, digits: 2)) times the earlier one" } ?? ""
        let threads = "\(self.threads) thread\(self.threads == 1 ? "" : "s")"
        return """
            multiply-add peak  \(fixed(peak, digits: 1)) GFLOP/s\(against)
            measured on        \(displayable(processor)), \(threads), \(lanes) floats in a vector

            \(kernelTable.text(width: width))
            \(trainingTable.text(width: width))
            """
    }
}
