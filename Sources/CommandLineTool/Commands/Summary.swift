import Experiments
import Kernels
import Machine
import Reporting

extension Command {
    private static let kernels = Flag("kernels", "which kernel computes what, layer by layer, and what was joined")
    private static let expand = Flag("expand", "show the layers of published networks, such as EfficientNetB0")

    /// `summary`, under a name that is not the property's.
    static let summarize = Command(
        "summary", "layers, parameters, memory and operations, without training",
        arguments: [.one("CONFIG", "the experiment, or - for standard input")],
        options: [expand, kernels] + Common.configuration + Common.location + [Common.json, Common.quiet],
        examples: [
            Example("summary configs/mnist/warmup.json", "the table that Keras prints, and what it costs"),
            Example("summary configs/mnist/warmup.json --kernels", "what runs forward and backward"),
            Example("summary configs/mnist/changes/transfer.json --expand", "all layers of the frozen network"),
        ]
    ) { call in
        let path = call.operands[0]
        let loaded = try call.loadConfig(path)
        let library = call.library(for: path)
        let summary = try ModelSummary(loaded.config, library: library)
        call.warn(loaded.config.doubts)
        call.warn(loaded.config.missingWeights(library.search))
        let width = call.console.tableWidth
        if call[kernels] {
            call.print(json: summary.jsonWithKernels, text: summary.kernelTable(width: width))
        } else {
            let isExpanded = call[expand]
            call.print(
                json: summary.json(expanded: isExpanded),
                text: folded(
                    summary.text(width: width, expanded: isExpanded) + "\n" + Given.toThisProcess.text, to: width))
        }
        return .success
    }
}
