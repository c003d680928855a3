import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    private static let runs = Option(
        "runs", "DIR", as: String.format, "the folder that holds the runs, by their configs' paths (default: runs)")
    private static let out = Option(
        "out", "FILE", as: String.format, "where the report is written (default, or -: standard output)")
    private static let pictures = Option(
        "pictures", "FOLDER", as: String.format,
        "draw each study into this folder, as study-1.svg and so on, for the Markdown to show")
    private static let figures = Option(
        "figures", "FILE", as: String.format,
        "keep every run's figures in this JSON file, and take from it those of runs that are gone")

    static let report = Command(
        "report", "published figures beside those of runs, as Markdown or as a page",
        arguments: [.one("FILE", "what was published, by configs: see configs/reports.jsonc")],
        options: [runs, figures, out, pictures, Common.html, Common.json],
        examples: [
            Example(
                "report configs/reports.jsonc --out results.md --pictures pictures",
                "five studies done again: what agrees, what does not, what is not run yet"),
            Example("report configs/reports.jsonc --html results.html", "the same as a page with charts"),
        ]
    ) { call in
        let root = call[runs] ?? "runs"
        let plan: ReportPlan
        do {
            plan = try ReportPlan(reading: call.operands[0])
        } catch let error as FileError {
            throw ConfigUnreadable(cause: error)
        }
        let written = [call[out], call[Common.html]].compactMap(\.self)
        if let path = call[figures], path == "-" || written.contains(where: { isSameFile($0, path) }) {
            throw call.misuse("--figures: the figures need a file of their own", remedy: "name another one")
        }
        let kept = try call[figures].map { try KeptFigures(reading: $0) }
        // Figures that were kept are enough.
        guard FileManager.default.fileExists(atPath: root) || kept?.isEmpty == false else {
            throw call.misuse("--runs: there is no folder \(quoted(root))", remedy: "name the one that holds the runs")
        }
        let results = ReportResults(plan, runs: root, kept: kept ?? KeptFigures())
        for error in results.errors { _ = call.tool.report(error, to: call.console) }
        for misfit in results.misfits {
            call.console.say("\(call.console.messageStyle.yellow("warning:")) \(displayable(misfit))")
        }

        var words = [call.tool.name, "report", call.operands[0]]
        if let path = call[runs] { words += ["--runs", path] }
        if let path = call[figures] { words += ["--figures", path] }
        if let path = call[out] { words += ["--out", path] }
        if let path = call[pictures] { words += ["--pictures", path] }
        if let path = call[Common.html] { words += ["--html", path] }
        let command = words.map(shellQuoted).joined(separator: " ")
        if call[Common.html] == "-", call[out] == "-" || call[Common.json] && call[out] == nil {
            throw call.misuse("--html - and \(call[Common.json] ? "--json" : "--out -") both write to standard output")
        }
        if let path = call[figures] { try AtomicFile.write(results.kept.text, to: path) }
        if let path = call[Common.html] {
            let place = path == "-" ? nil : URL(fileURLWithPath: path).deletingLastPathComponent().path
            try call.write(results.page(command: command, in: place), to: path)
        }
        if let folder = call[pictures] {
            try makeFolder(folder)
            for (name, plot) in results.pictures { try AtomicFile.write(plot.svg, to: "\(folder)/\(name).svg") }
        }
        // Who asks for the page alone wants no Markdown besides.
        if call[out] != nil || call[Common.json] || call[Common.html] == nil {
            let text =
                call[Common.json]
                ? results.json(command: command).pretty
                : results.markdown(
                    command: command, pictures: call[pictures].map { link(to: $0, from: call[out]) },
                    figures: call[figures].map { link(to: $0, from: call[out]) })
            if let path = call[out], path != "-" {
                try AtomicFile.write(text, to: path)
            } else {
                call.console.write(text)
            }
        }
        if let path = call[figures], case let counts = results.runCounts, counts.kept > 0 {
            call.console.say(
                "\(grouped(counts.kept)) of \(grouped(counts.all)) runs are known from \(displayable(path)) alone")
        }
        if results.missing > 0 {
            call.console.say("\(grouped(results.missing)) of \(grouped(results.count)) rows are not run")
        }
        return results.errors.isEmpty ? .success : .failure
    }

    private static func isSameFile(_ a: String, _ b: String) -> Bool {
        URL(fileURLWithPath: a).standardizedFileURL == URL(fileURLWithPath: b).standardizedFileURL
    }

    /// A file or folder as the page in a file names it, or, on standard output, as it was given.
    static func link(to folder: String, from page: String?) -> String {
        guard let page, page != "-" else { return folder }
        let target = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents
        let start = URL(fileURLWithPath: page).standardizedFileURL.deletingLastPathComponent().pathComponents
        let common = zip(target, start).prefix { $0 == $1 }.count
        let steps = start.dropFirst(common).map { _ in ".." } + target.dropFirst(common)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
}
