import Experiments
import Schema

extension Command {
    /// `validate`.
    static let validate = Command(
        "validate", "check configs, change nothing",
        arguments: [.many("CONFIG", "experiments, or - for standard input")],
        options: Common.configuration + Common.location + [Common.quiet],
        examples: [Example("validate configs/*/*.json", "say everything that is wrong, all at once")]
    ) { call in
        var code = ExitCode.success
        for path in call.operands {
            do {
                let loaded = try call.loadConfig(path)
                // Shapes and memory are part of what can be wrong.
                try ModelSummary(loaded.config, library: call.library(for: path))
                    .checkMemory(batch: loaded.config.training.batchSize)
                if !call[Common.quiet] { call.console.write("\(path): fine\n") }
            } catch {
                // One broken config must not hide what is wrong with the next.
                let failed = call.tool.report(error, to: call.console)
                if code == .success { code = failed }
            }
        }
        return code
    }
}
