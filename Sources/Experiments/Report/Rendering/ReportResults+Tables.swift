import Reporting
import Schema

extension ReportResults.Study {
    /// What came of each group of runs.
    var outcomes: TextTable {
        table(
            [
                .right("runs"), .right("parameters"), .right("epochs"), .right("train accuracy"),
                .right("val accuracy"), .right("test accuracy"), .right("test loss"), .right("time"), .right("threads"),
            ], lines.map { ($0, [$0.outcome]) })
    }

    /// Reported figures and ours, a row each.
    var comparisons: TextTable {
        table(
            ["figure", .right("reported"), .right("ours"), .right("difference"), "agrees"],
            lines.map { line in (line, line.figures.map(\.cells)) })
    }

    /// Claims with the figures that decide them.
    var conclusions: TextTable {
        TextTable(
            [
                "claim", "figure", "first", "is", "second", .right("difference"), .right("95 % interval"), .right("p"),
                "test", "verdict",
            ], rows: claims.map(\.cells))
    }

    /// Rows that begin with their line's config and settings, where those are not the same as above; a report without
    /// sweeps has no settings to show.
    private func table(
        _ columns: [TextTable.Column], _ lines: [(line: ReportLine, rows: [[String]])]
    ) -> TextTable {
        let hasSettings = lines.contains { !$0.line.label.isEmpty }
        var config = ""
        let rows = lines.flatMap { line, rows in
            rows.enumerated().map { index, cells -> [String] in
                let heads = [line.said.config == config ? "" : line.said.config, index == 0 ? line.label : ""]
                config = line.said.config
                return heads.prefix(hasSettings ? 2 : 1) + cells
            }
        }
        let heads: [TextTable.Column] = ["config", "settings"]
        return TextTable(heads.prefix(hasSettings ? 2 : 1) + columns, rows: rows)
    }
}

extension ReportLine {
    /// What follows config and settings.
    fileprivate var outcome: [String] {
        guard !runs.isEmpty else { return ["not run"] }
        func cell(_ quantity: Figure.Quantity) -> String {
            sample(quantity).map { reportNumber($0, of: quantity) } ?? absent
        }
        func range(_ numbers: [Int]) -> String {
            guard let least = numbers.min(), let most = numbers.max() else { return absent }
            return least == most ? grouped(least) : "\(grouped(least)) – \(grouped(most))"
        }
        return [
            "\(runs.count)", range(runs.compactMap(\.parameters)), range(runs.map(\.epochs)), cell(.accuracy),
            cell(.validationAccuracy), cell(.testAccuracy), cell(.testLoss), seconds.map(duration) ?? absent,
            range(runs.compactMap(\.circumstances.threads)),
        ]
    }
}

extension ComparedFigure {
    /// What follows config and settings.
    fileprivate var cells: [String] {
        switch subject {
        case .parameters, .trainable:
            let counts = [reported.counts, ours?.values ?? []].map { numbers in
                Set(numbers).sorted().map { grouped(Int($0)) }.joined(separator: ", ")
            }
            let title = subject == .parameters ? "parameters" : "learned parameters"
            return [title, counts[0], ours == nil ? lack : counts[1], absent, judgement.word]
        case .figure(let figure):
            let quantity = figure.quantity
            let difference = ours.flatMap { reported.difference(of: $0.mean) }
            return [
                figure.title, reportNumber(reported, of: quantity),
                ours.map { reportNumber($0, of: quantity) } ?? lack,
                difference.map { reportDifference($0, of: quantity) } ?? absent, judgement.word,
            ]
        }
    }
}

extension ComparedFigure {
    /// What stands in place of a figure that there is not.
    private var lack: String { judgement == .notRun ? judgement.rawValue : absent }
}

extension ReportedValue {
    fileprivate var counts: [Double] {
        if case .values(let values) = self { values } else { [] }
    }
}

extension DecidedClaim {
    fileprivate var cells: [String] {
        let (a, b) = (first.figure, second.figure)
        let isSame = a.quantity == b.quantity
        // Where only epochs differ, labels tell which.
        let figure = a == b ? a.title : isSame ? a.quantity.title : "\(a.title) against \(b.title)"
        let quantity = first.figure.quantity
        let interval = comparison?.interval.map { range in
            [range.lowerBound, range.upperBound].map { reportDifference($0, of: quantity) }.joined(separator: " to ")
        }
        let p = comparison?.p.map { $0 < 0.0001 ? "< .0001" : decimal($0) }
        let test = comparison?.interval == nil ? absent : comparison?.method.words ?? absent
        return [
            said.claim, figure, first.cell, asserted, second.cell,
            comparison.map { reportDifference($0.difference, of: quantity) } ?? absent, interval ?? absent, p ?? absent,
            test, verdictWords,
        ]
    }
}

extension DecidedClaim {
    /// `holds`, `cannot be told (12 runs)`.
    private var verdictWords: String {
        switch verdict {
        case .fails: "**\(verdict.rawValue)**"
        case .undecided where comparison?.interval != nil:
            "\(verdict.rawValue) (\(runsNeeded.map { "\($0) runs" } ?? "over 1,000 runs"))"
        case .holds, .undecided, .notRun, .unknown: verdict.rawValue
        }
    }

    /// `>`, `<`, or `=` with how far equals may differ.
    private var asserted: String {
        let quantity = first.figure.quantity
        return switch said.relation {
        case .greater: ">"
        case .less: "<"
        case .equal: "= ± \(reportNumber(margin, of: quantity))"
        }
    }
}

extension DecidedClaim.Side {
    /// `256: .9804 ± .0013 (3)`
    fileprivate var cell: String {
        guard sample.count > 0 else {
            return "\(label): \((hasRuns ? DecidedClaim.Verdict.unknown : .notRun).rawValue)"
        }
        let figure = reportNumber(sample, of: figure.quantity)
        return "\(label): \(figure)" + (sample.count > 1 ? " (\(sample.count))" : "")
    }
}
