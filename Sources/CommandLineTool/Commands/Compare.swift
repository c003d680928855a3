import Experiments
import Schema

extension Command {
    private static let sort = Option(
        "sort", "COLUMN", as: String.format,
        "order the runs by a column, as --csv names it, or by a setting; the best come first")
    private static let smoothing = Option(
        "smoothing", "WEIGHT", as: Double.format(in: 0..<1),
        "the weight of the past in the smoothed accuracy, as in TensorBoard (default: 0.6)")
    private static let csv = Flag("csv", "every column with exact values, as CSV")
    private static let markdown = Flag("markdown", "the tables as Markdown")
    private static let groups = Flag(
        "groups", "only the sweeps' groups of repeats, not single runs: means, intervals and how far two lie apart")
    private static let against = Option(
        "against", "GROUP", as: String.format,
        "with --groups: the group that all others are compared with, by its name or the value of what varies")

    static let compare = Command(
        "compare", "runs or sweeps side by side",
        arguments: [
            .many("RUN", "run directories; a sweep's directory stands for its trials, and for its groups of repeats")
        ],
        options: [groups, against, sort, smoothing, csv, markdown, Common.html, Common.json],
        examples: [
            Example("compare runs/*", "what differs between the runs' configs, and what came of it"),
            Example("compare runs/* --sort test_accuracy --markdown", "the best first, for a page"),
            Example("compare runs/* --html comparison.html", "a page with their curves, to be sorted and printed"),
            Example(
                "compare runs/before runs/after --groups", "two sweeps' repeats: is the difference more than chance?"),
            Example(
                "compare runs/fast-99-ablation --groups --against everything",
                "a sweep that leaves one thing out at a time: what is each worth?"),
        ]
    ) { call in
        let formats = [csv, markdown, Common.json].filter { call[$0] }
        if formats.count > 1 {
            throw call.misuse("\(formats.map { "--\($0.name)" }.joined(separator: " and ")) exclude each other")
        }
        if call[Common.html] == "-", let format = formats.first {
            throw call.misuse("--html - and --\(format.name) both write to standard output")
        }
        let reader = RunReader(call.operands)
        var comparison = Comparison(reader.runs, sweeps: reader.sweeps, smoothing: call[smoothing] ?? 0.6)
        // A mistyped column should be reported before a screen full of messages and a table.
        if let column = call[sort] {
            do {
                try comparison.sort(by: column)
            } catch let error as Problem {
                throw call.misuse("--sort: \(error.message)", remedy: error.remedy)
            }
        }
        if let base = call[against] {
            guard call[groups] else {
                throw call.misuse("--against: groups are compared with it", remedy: "add --groups")
            }
            do {
                if !comparison.groups.groups.isEmpty { try comparison.compareGroups(against: base) }
            } catch let error as Problem {
                throw call.misuse("--against: \(error.message)", remedy: error.remedy)
            }
        }
        for error in reader.errors { _ = call.tool.report(error, to: call.console) }
        if call[groups], comparison.groups.groups.isEmpty {
            if reader.sweeps.isEmpty, reader.errors.isEmpty {
                throw call.misuse("--groups: none of these directories is a sweep's")
            }
            call.console.say("no trial of these sweeps is finished, so there are no groups")
            return .failure
        }
        if !reader.runs.isEmpty {
            let page = call[Common.html].map { (path: $0, page: comparison.page(withRuns: !call[groups])) }
            if let page { try call.write(page.page, to: page.path) }
            if page?.path != "-" { call.console.write(text(of: comparison, for: call)) }
        }
        return reader.errors.isEmpty ? .success : .failure
    }

    private static func text(of comparison: Comparison, for call: Call) -> String {
        if call[csv] { return comparison.csv(withRuns: !call[groups]) }
        if call[markdown] { return comparison.markdown(withRuns: !call[groups]) }
        if call[Common.json] { return comparison.json.pretty }
        return comparison.text(width: call.console.tableWidth, withRuns: !call[groups])
    }
}
