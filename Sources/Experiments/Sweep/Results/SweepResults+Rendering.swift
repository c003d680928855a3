import Foundation
import Reporting
import Schema

extension SweepResults {
    /// Writes `trials.csv`, `summary.csv` and, unless no pictures are wanted, `sweep.svg` and `report.html`; what is not written
    /// anew would show other results, and goes.
    package func write(in directory: SweepDirectory, withPictures: Bool = true) throws {
        try AtomicFile.write(trialsCSV, to: "\(directory.path)/\(SweepFile.trials.rawValue)")
        try AtomicFile.write(summary.csv.text, to: "\(directory.path)/\(SweepFile.summary.rawValue)")
        func show(_ text: @autoclosure () -> String?, as file: SweepFile) throws {
            let path = "\(directory.path)/\(file.rawValue)"
            if withPictures, let text = text() { try AtomicFile.write(text, to: path) } else { unlink(path) }
        }
        try show(picture?.plot.svg, as: .picture)
        func hasPage(_ trial: SweepTrial) -> Bool {
            FileManager.default.fileExists(atPath: "\(directory.folder(of: trial))/\(RunFile.page.rawValue)")
        }
        try show(SweepPage(results: self, hasPage: hasPage).page.html, as: .page)
    }

    /// Nil while no trial is finished.
    var picture: SweepPicture? {
        guard let metric = decisive else { return nil }
        let groups = summary.groups
        let others = rows.count { row in
            switch row.standing {
            case .failed, .unfinished: true
            case .finished, .stopped, .unneeded: false
            }
        }
        return SweepPicture(name: name, groups: groups, metric: metric, countOfOthers: others)
    }

    /// For people: combinations from the best to the worst on validation images, whether the best is more than luck, and what
    /// the expectations come to. Figures of test images are shown, but choose nothing.
    package func text(width: Int) -> String {
        var text = table.blocks(width: width, keeping: max(1, paths.count)).map { $0.text(width: width) }
            .joined(separator: "\n")
        guard let metric = decisive else { return text }
        let spread = isRepeated ? "; ± is half of a 95 % interval" : ""
        let source =
            !metric.needsValidation
            ? " of the training images, for none validate"
            : choosesByTestImages ? " of the test images, which are no judge any more of what they choose" : ""
        text += wrapped("sorted by \(metric.rawValue)\(source)\(spread)", to: width).reduce("\n") { "\($0)\($1)\n" }
        if let distinction { text += wrapped(distinction.sentence, to: width).joined(separator: "\n") + "\n" }
        if let sentence = precisionSentence { text += wrapped(sentence, to: width).joined(separator: "\n") + "\n" }
        for judged in judged {
            let label = judged.group.label.isEmpty ? "" : "\(judged.group.label)\n"
            text += label + judged.expectations.map { $0.text + "\n" }.joined()
        }
        return text
    }

    /// The trials of one shard, one row each; the state of the others is unknown here.
    package func text(width: Int, shard: Shard) -> String {
        let shown = rows.enumerated().filter { shard.contains($0.offset) }.map(\.element)
        let metrics = metrics.filter { [.validationAccuracy, .validationLoss, .testAccuracy].contains($0) }
        return TextTable(
            ["trial", "state"] + metrics.map { .right($0.rawValue) },
            rows: shown.map { row in
                [row.trial.name, row.standing.word] + metrics.map { row.state.value(of: $0).map(metric) ?? absent }
            }
        ).text(width: width)
    }

    /// Whether means have anything to be means of.
    private var isRepeated: Bool { summary.groups.contains { $0.trials.count > 1 } }

    private var table: TextTable {
        let paths = paths.filter { !TrialResult.repeatPaths.contains($0) }
        let titles = shortPathTitles(paths)
        let (names, ranking, isRepeated) = (valueNames, ranking, isRepeated)
        let shown = [decisive, .validationLoss, .testAccuracy].compactMap(\.self).filter(metrics.contains)
        let figures = shown.enumerated().filter { shown.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        let standings = ranking.map { self.standing(of: $0) }
        let hasStandings = standings.contains { $0 != SweepResults.Standing.finished.word }
        let columns: [TextTable.Column] =
            (paths.isEmpty ? ["trial"] : paths.map { .right(titles[$0] ?? $0) })
            + (isRepeated ? [.right("n")] : []) + figures.map { .right($0.rawValue) } + (hasStandings ? ["state"] : [])
        return TextTable(
            columns,
            rows: zip(ranking, standings).map { group, standing in
                let values = paths.map { path in group.value(at: path).map { names.name(of: $0, at: path) } ?? "" }
                let count = group.result?.trials.count ?? 0
                return (paths.isEmpty ? [name] : values) + (isRepeated ? ["\(count)"] : [])
                    + figures.map { metric in figure(metric, of: group) } + (hasStandings ? [standing] : [])
            })
    }

    private func figure(_ wanted: Metric, of group: Group) -> String {
        guard let sample = group.result?.sample(wanted), sample.count > 0 else { return absent }
        guard let interval = sample.interval(TrialSummary.confidence) else { return metric(sample.mean) }
        return "\(metric(sample.mean)) ± \(metric((interval.upperBound - interval.lowerBound) / 2))"
    }

    /// What became of a group's trials, where not all are finished.
    private func standing(of group: Group) -> String {
        let words = group.rows.filter { $0.standing != .unneeded }.map(\.standing.word)
        let others = words.filter { $0 != Standing.finished.word }
        guard let first = others.first else { return Standing.finished.word }
        if first == Standing.stopped.word {
            let epochs = group.rows.map(\.state.history.count).max() ?? 0
            return "stopped after \(epochs)"
        }
        return words.count == 1 ? first : "\(others.count { $0 == first }) \(first)"
    }
}
