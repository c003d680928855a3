import Reporting
import Schema

/// The page of a sweep: `report.html`. It leads to the pages of its trials.
struct SweepPage {
    let results: SweepResults
    /// Whether a trial has a page of its own: those that were trained without pictures have none.
    let hasPage: (SweepTrial) -> Bool
    let summary: TrialSummary
    let decisive: Metric?
    let names: ValueNames
    /// What people look at first; the one that ranks comes first.
    let shownMetrics: [Metric]

    /// What every row asks for is computed once: there may be a thousand.
    init(results: SweepResults, hasPage: @escaping (SweepTrial) -> Bool) {
        self.results = results
        self.hasPage = hasPage
        summary = results.summary
        decisive = results.decisive
        names = results.valueNames
        let wanted = [decisive, .validationAccuracy, .validationLoss, .testAccuracy, .testLoss].compactMap(\.self)
        let known = results.metrics
        var seen: Set<Metric> = []
        shownMetrics = wanted.filter { known.contains($0) && seen.insert($0).inserted }
    }

    var page: Page {
        Page(
            kind: "Sweep", title: results.name, lead: results.config.description, facts: facts,
            sections: [outcome, groups, trials, repetition].compactMap(\.self))
    }

    private var finished: Int { results.rows.count { $0.standing == .finished } }

    private var facts: [PageFact] {
        let best = decisive.flatMap { metric in
            summary.ranked(by: metric).first.map { (metric, $0.sample(metric)) }
        }
        let count = results.rows.count { $0.standing != .unneeded }
        return [
            PageFact(
                "Trials finished", grouped(finished), note: finished == count ? "all" : "of \(grouped(count))",
                tone: .plain),
            PageFact("Combinations", grouped(Set(results.rows.map(\.trial.group)).count)),
            best.map { metric, sample in
                PageFact("Best \(metric.title)", metricText(sample.mean, metric), note: spread(sample, metric))
            },
            results.verdict.map { PageFact("Expectations", $0.words, tone: $0.tone) },
        ].compactMap(\.self)
    }

    private var outcome: PageSection? {
        var blocks: [PageBlock] = [.paragraph(story)]
        if let sentence = results.precisionSentence { blocks.append(.paragraph(HTML(sentence))) }
        if let distinction = results.distinction { blocks.append(.paragraph(HTML(distinction.sentence))) }
        if let picture = results.picture {
            blocks.append(
                .figure(PageFigure(picture.plot, alt: "\(picture.metric.title) of the sweep's combinations")))
        }
        if !results.judged.isEmpty { blocks.append(.table(Self.expectations(results.judged))) }
        return PageSection("outcome", "Outcome", blocks)
    }

    private var story: HTML {
        let missing = results.rows.count { $0.standing == .unfinished }
        let left: HTML =
            switch missing {
            case 0: ""
            case 1: " 1 is still to be run: the same command goes on with it."
            default: " \(grouped(missing)) are still to be run: the same command goes on with them."
            }
        guard let metric = decisive else { return "No trial is finished yet.\(left)" }
        if metric.needsValidation, results.choosesByTestImages {
            return """
                Combinations are ranked by their mean \(metric.title), which is measured on the test images, as the config says. \
                They can no longer judge what they have chosen.\(left)
                """
        }
        let images = metric.needsValidation ? "validation" : "training"
        return """
            Combinations are ranked by their mean \(metric.title), which is measured on \(images) images. Figures of the \
            test images choose nothing, or they could no longer judge what was chosen.\(left)
            """
    }

    private static func expectations(_ judged: [JudgedGroup]) -> PageTable {
        let tables = judged.map { ($0.group.label.isEmpty ? "all" : $0.group.label, $0.expectations.table) }
        return PageTable(
            "What the config expects of every combination", ["combination"] + (tables.first?.1.columns ?? []),
            rows: tables.flatMap { label, table in table.rows.map { [PageTable.Cell(label)] + $0 } })
    }

    private var repetition: PageSection? {
        let config = results.config.json.pretty
        // Variables are resolved below, and a sweep over one needs the config that has it.
        let hasVariables = results.paths.contains { $0 == "let" || $0.hasPrefix("let.") }
        let name = hasVariables ? "CONFIG" : "config.json"
        let how: HTML =
            hasVariables
            ? "With the config that this sweep was made from; below, everything is resolved."
            : "With the config below as <code>config.json</code>."
        let lines = config.split(separator: "\n").count
        return PageSection(
            "repeat", "How to repeat it",
            [
                .paragraph(
                    """
                    \(how) Trials that are finished are not run again; the same \
                    results are the same bytes, with any number of threads and in any order.
                    """),
                .preformatted(
                    """
                    mnist-lab sweep \(name) --dry-run     # what there is to run
                    mnist-lab sweep \(name) --out again   # run it
                    mnist-lab compare . again --groups        # this sweep and the new one
                    """, name: "Commands"),
                .folded(
                    "The whole config with every default (\(grouped(lines)) lines)",
                    [.preformatted(config, name: "config.json")]),
            ])
    }
}

/// `97.94 %`, `0.0321`
func metricText(_ value: Double, _ wanted: Metric) -> String {
    wanted.isAccuracy && value.isFinite ? percent(value) : metric(value)
}

/// `± 0.14 points (5 repeats)`; nothing where there is no interval.
private func spread(_ sample: Sample, _ wanted: Metric) -> String {
    guard let interval = sample.interval(TrialSummary.confidence) else { return "" }
    let half = (interval.upperBound - interval.lowerBound) / 2
    let text = wanted.isAccuracy ? "\(fixed(half * 100, digits: 2)) points" : metric(half)
    return "± \(text), \(grouped(sample.count)) repeats"
}
