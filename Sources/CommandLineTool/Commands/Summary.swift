import Experiments
import Kernels

extension Command {
    /// `summary`, under a name that is not the property's.
    static let summarize = Command(
        "summary", "layers, parameters, memory and operations, without training",
        arguments: [.one("CONFIG", "the experiment, or - for standard input")],
        options: Common.configuration + Common.location + [Common.json, Common.quiet],
        examples: [Example("summary configs/mnist/warmup.json", "the table that Keras prints, and what it costs")]
    ) { call in
        let path = call.operands[0]
        let loaded = try call.loadConfig(path)
        let summary = try ModelSummary(loaded.config, library: call.library(for: path))
        call.print(json: summary.json, text: summary.text(width: call.console.width))
        return .success
    }
}
