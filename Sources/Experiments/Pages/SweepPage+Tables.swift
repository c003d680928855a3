import Reporting
import Schema

extension SweepPage {
    /// Combinations from the best to the worst.
    var groups: PageSection? {
        let ranked = decisive.map(summary.ranked) ?? summary.groups
        guard !ranked.isEmpty else { return nil }
        let paths = results.paths
        let isRepeated = ranked.contains { $0.trials.count > 1 }
        let columns =
            titles(paths, or: "combination") + (isRepeated ? [.right("n")] : [])
            + shownMetrics.map { TextTable.Column.right($0.title) }
        let rows = ranked.map { group -> [PageTable.Cell] in
            let values = paths.map { path in valueCell(group.values.first { $0.key == path }?.value, at: path) }
            let counts = isRepeated ? [PageTable.Cell(grouped(group.trials.count))] : []
            return (paths.isEmpty ? ["all repeats"] : values) + counts
                + shownMetrics.map { meanCell(group.sample($0), $0) }
        }
        let spread = isRepeated ? ": means ± half of the 95 % interval" : ""
        return PageSection(
            "combinations", "Combinations",
            [
                .table(PageTable("From the best to the worst\(spread)", columns, rows: rows)),
                .paragraph("Exact figures are in <code>summary.csv</code>."),
            ])
    }

    /// All trials in the order of the plan.
    var trials: PageSection? {
        let paths = results.paths
        let hasSeed = !paths.contains("seed")
        let hasReasons = results.rows.contains { if case .failed = $0.standing { true } else { false } }
        let columns =
            ["trial", "state"] + titles(paths, or: nil) + (hasSeed ? [.right("seed")] : [])
            + (results.hasFolds ? [.right("fold")] : []) + [.right("epochs")]
            + shownMetrics.map { TextTable.Column.right($0.title) } + (hasReasons ? ["reason"] : [])
        let rows = results.rows.map { row -> [PageTable.Cell] in
            var cells = [nameCell(row), stateCell(row)]
            cells += paths.map { valueCell(row.trial.value(at: $0), at: $0) }
            if hasSeed { cells.append(.init("\(row.trial.seed)")) }
            if results.hasFolds { cells.append(.init(row.trial.fold.map { "\($0)" } ?? absent)) }
            cells.append(.init(row.state.history.isEmpty ? absent : grouped(row.state.history.count)))
            cells += shownMetrics.map { metric in
                row.state.value(of: metric).map { .init(metricText($0, metric), rank: $0) } ?? .init(absent)
            }
            if hasReasons, case .failed(let reason) = row.standing { cells.append(.init(reason)) }
            return cells
        }
        return PageSection(
            "trials", "Trials",
            [
                .table(PageTable("Every trial; finished ones lead to their own pages", columns, rows: rows)),
                .paragraph("Exact figures are in <code>trials.csv</code>."),
            ])
    }

    private func titles(_ paths: [String], or alone: String?) -> [TextTable.Column] {
        guard !paths.isEmpty else { return alone.map { [TextTable.Column($0)] } ?? [] }
        let titles = shortPathTitles(paths)
        return paths.map { .right(titles[$0] ?? $0) }
    }

    private func valueCell(_ value: JSON?, at path: String) -> PageTable.Cell {
        .init(value.map { names.name(of: $0, at: path) } ?? absent)
    }

    private func meanCell(_ sample: Sample, _ metric: Metric) -> PageTable.Cell {
        guard sample.count > 0 else { return .init(absent) }
        let half = sample.interval(TrialSummary.confidence).map { ($0.upperBound - $0.lowerBound) / 2 }
        let spread = half.map { " ± " + (metric.isAccuracy ? fixed($0 * 100, digits: 2) : Reporting.metric($0)) } ?? ""
        let mean = metricText(sample.mean, metric)
        let text = metric.isAccuracy && mean.hasSuffix(" %") ? mean.dropLast(2) + spread + " %" : mean + spread
        return .init(text, rank: sample.mean)
    }

    /// The way to a trial's own page; its name is its folder's, of letters that need no escapes.
    private func nameCell(_ row: SweepResults.Row) -> PageTable.Cell {
        guard row.standing == .finished, hasPage(row.trial) else { return .init(row.trial.name) }
        let name = row.trial.name
        let link = "trials/\(name)/\(RunFile.page.rawValue)"
        return .init("<a href=\"\(link)\">\(name)</a>" as HTML)
    }

    private func stateCell(_ row: SweepResults.Row) -> PageTable.Cell {
        switch row.standing {
        case .finished: .init(row.standing.word)
        case .failed: .init(row.standing.word, tone: .bad)
        case .unneeded: .init(row.standing.word)
        case .stopped, .unfinished: .init(row.standing.word, tone: .open)
        }
    }
}
