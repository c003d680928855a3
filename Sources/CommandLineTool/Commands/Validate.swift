import Experiments
import Reporting
import Schema

extension Command {
    static let validate = Command(
        "validate", "check configs, change nothing",
        arguments: [.many("CONFIG", "experiments, or - for standard input")],
        options: Common.configuration + Common.location + [Common.quiet],
        examples: [Example("validate configs/*/*.json", "say everything that is wrong, all at once")]
    ) { call in
        var code = ExitCode.success
        for path in call.operands {
            do {
                let (document, overrides) = try call.loadDocument(path)
                let loaded = try document.resolved(with: overrides)
                let library = call.library(for: path)
                // Shapes, classes and memory are part of what can be wrong.
                let summary = try ModelSummary(training: loaded.config, library: library)
                call.warn(loaded.config.frozenAtRandom(summary))
                call.warn(loaded.config.missingWeights(library.search))
                var trials = ""
                if loaded.config.sweep != nil {
                    let plan = try SweepPlan(of: document, with: overrides)
                    let costs = try plan.costs(library: library)
                    if let refusal = costs.compactMap(\.refusal).first { throw ConfigRefused(description: refusal) }
                    trials = ", with \(grouped(costs.count)) trials"
                }
                if !call[Common.quiet] { call.console.write("\(displayable(path)): fine\(trials)\n") }
            } catch {
                // One broken config must not hide what is wrong with the next.
                let failed = call.tool.report(error, to: call.console)
                if code == .success { code = failed }
            }
        }
        return code
    }
}
