import Experiments
import Kernels

extension Command {
    private static let kernels = Flag("kernels", "which kernel computes what, layer by layer, and what was joined")

    /// `summary`, under a name that is not the property's.
    static let summarize = Command(
        "summary", "layers, parameters, memory and operations, without training",
        arguments: [.one("CONFIG", "the experiment, or - for standard input")],
        options: [kernels] + Common.configuration + Common.location + [Common.json, Common.quiet],
        examples: [
            Example("summary configs/mnist/warmup.json", "the table that Keras prints, and what it costs"),
            Example("summary configs/mnist/warmup.json --kernels", "what runs forward and backward"),
        ]
    ) { call in
        let path = call.operands[0]
        let loaded = try call.loadConfig(path)
        let summary = try ModelSummary(loaded.config, library: call.library(for: path))
        let width = call.console.width
        if call[kernels] {
            call.print(json: summary.jsonWithKernels, text: summary.kernelTable(width: width))
        } else {
            call.print(json: summary.json, text: summary.text(width: width))
        }
        return .success
    }
}
