import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    private static let runs = Option(
        "runs", "DIR", as: String.format, "the folder that holds the runs, by their configs' paths (default: runs)")
    private static let out = Option(
        "out", "FILE", as: String.format, "where the report is written (default, or -: standard output)")

    static let report = Command(
        "report", "published figures beside those of runs, as Markdown or as a page",
        arguments: [.one("FILE", "what was published, by configs: see configs/reports.jsonc")],
        options: [runs, out, Common.html, Common.json],
        examples: [
            Example(
                "report configs/reports.jsonc --runs runs --out configs/RESULTS.md",
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
        guard FileManager.default.fileExists(atPath: root) else {
            throw call.misuse("--runs: there is no folder \(quoted(root))", remedy: "name the one that holds the runs")
        }
        let results = ReportResults(plan, runs: root)
        for error in results.errors { _ = call.tool.report(error, to: call.console) }
        for misfit in results.misfits {
            call.console.say("\(call.console.messageStyle.yellow("warning:")) \(displayable(misfit))")
        }

        var words = [call.tool.name, "report", call.operands[0], "--runs", root]
        if let path = call[out] { words += ["--out", path] }
        if let path = call[Common.html] { words += ["--html", path] }
        let command = words.map(shellQuoted).joined(separator: " ")
        if let path = call[Common.html] { try call.write(results.page(command: command), to: path) }
        // Who asks for the page alone wants no Markdown besides.
        if call[out] != nil || call[Common.json] || call[Common.html] == nil {
            let text = call[Common.json] ? results.json(command: command).pretty : results.markdown(command: command)
            if let path = call[out], path != "-" {
                try AtomicFile.write(text, to: path)
            } else {
                call.console.write(text)
            }
        }
        if results.missing > 0 {
            call.console.say("\(grouped(results.missing)) of \(grouped(results.count)) rows are not run")
        }
        return results.errors.isEmpty ? .success : .failure
    }
}
