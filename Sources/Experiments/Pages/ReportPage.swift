import Reporting
import Schema

extension ReportResults {
    /// One page: every report with its figures beside ours; `command` is what made it.
    package func page(command: String) -> Page {
        let judged = lines.flatMap(\.figures).compactMap(\.judgement.isFine)
        let claims = studies.flatMap(\.claims).filter { $0.verdict != .notRun }
        let reading = PageSection(
            "reading", "How to read it",
            [
                .paragraph("Every figure of ours is read from run directories, none is typed by hand:"),
                .preformatted(command, name: "Command"), .list(readingLines.map(HTML.init(markdown:))),
            ] + machineBlocks)
        let overview = PageSection(
            "overview", "Overview", [.table(PageTable("How far each report came out", overview))])
        return Page(
            kind: "Report", title: file.title, lead: file.description,
            facts: [
                PageFact("Runs", grouped(lines.reduce(0) { $0 + $1.runs.count })),
                PageFact("Rows run", grouped(lines.count { !$0.runs.isEmpty }), note: "of \(grouped(count))"),
                PageFact(
                    "Figures that agree", grouped(judged.count { $0 }), note: "of \(grouped(judged.count)) judged"),
                PageFact(
                    "Claims that hold", grouped(claims.count { $0.verdict == .holds }),
                    note: "of \(grouped(claims.count)) decided on"),
            ],
            sections: [overview] + studies.enumerated().map { $1.section("study-\($0 + 1)") } + [reading])
    }

    private var readingLines: [String] {
        Self.reading(file).split(separator: "\n").map { String($0.drop { "- ".contains($0) }) }
    }

    private var machineBlocks: [PageBlock] {
        let lines = machines.split(separator: "\n").map { HTML(String($0.drop { "- ".contains($0) })) }
        if lines.count > 1 { return [.paragraph(lines[0]), .list(Array(lines.dropFirst()))] }
        return lines.map { .paragraph($0) }
    }
}

extension ReportResults.Study {
    fileprivate func section(_ id: String) -> PageSection {
        var blocks: [PageBlock] = said.description.isEmpty ? [] : [.paragraph(HTML(markdown: said.description))]
        if let chart { blocks.append(.figure(chart)) }
        if !comparisons.rows.isEmpty {
            blocks += [.heading("Beside the report"), .table(PageTable(toleranceText, comparisons, isSortable: false))]
        }
        if !remarks.isEmpty { blocks.append(.list(remarks.map { HTML(markdown: String($0.dropFirst(2))) })) }
        blocks += [.heading("What came of it"), .table(PageTable("Ours alone", outcomes, isSortable: false))]
        if !claims.isEmpty {
            blocks += [
                .heading("Claims"), .table(PageTable("What the report concludes", conclusions, isSortable: false)),
            ]
        }
        return PageSection(id, said.name, blocks)
    }

    private var toleranceText: String {
        "Reported figures and ours; accuracies agree within \(reportNumber(said.tolerance, of: .accuracy))"
    }

    /// Reported accuracies and ours, as far as they are single figures of groups that are run.
    private var chart: PageFigure? {
        let pairs = lines.flatMap { line in line.figures.compactMap { $0.point(of: line) } }
        guard pairs.count > 1 else { return nil }
        let places = pairs.indices.map(Double.init)
        let reported = Chart.Series(
            "reported", x: places, y: pairs.map(\.reported), mark: .points(radius: 4), member: 1)
        let ours = Chart.Series(
            "ours, with the 95 % interval", x: places, y: pairs.map(\.ours.mean),
            low: pairs.map { $0.interval.lowerBound }, high: pairs.map { $0.interval.upperBound },
            mark: .points(radius: 3), member: 0)
        let chart = Chart(
            "accuracy", x: Axis(scale: .categories(pairs.map(\.name))), y: Axis(limits: 0...1), [ours, reported],
            height: 300)
        return PageFigure(Plot("", [chart], columns: 1), alt: "Reported accuracies of \(said.name) and ours")
    }
}

/// A reported accuracy and ours.
private struct ComparedPoint {
    let name: String
    let reported: Double
    let ours: Sample

    /// Without repeats nothing but the figure itself.
    var interval: ClosedRange<Double> { ours.interval(TrialSummary.confidence) ?? ours.mean...ours.mean }
}

extension ComparedFigure {
    /// Nil for what has no place in a chart of accuracies.
    fileprivate func point(of line: ReportLine) -> ComparedPoint? {
        guard case .figure(let figure) = subject, figure.quantity.isAccuracy, let ours,
            case .values(let values) = reported, let least = values.min()
        else { return nil }
        let config = line.said.config.split(separator: "/").last.map(String.init) ?? line.said.config
        let words = [line.label.isEmpty ? config : line.label, figure.title]
        return ComparedPoint(name: words.joined(separator: ", "), reported: least, ours: ours)
    }
}
