import Experiments
import Reporting
import Schema

extension Command {
    private static let seconds = Option(
        "seconds", "S", as: Double.format(in: 0...3600),
        "about how long to measure (default: 20; more if even a few steps take longer)")
    private static let compared = Option(
        "compare", "FILE", as: String.format,
        "what bench --record or --json wrote earlier; shows each rate as a multiple of the earlier one, "
            + "which is the median of the last nine on the same machine")
    private static let tolerance = Option(
        "tolerance", "PERCENT", as: Double.format(in: 0..<100),
        "with --compare: end with 1 if a model's training is slower by more than this, or if none can be compared")
    private static let recorded = Option(
        "record", "FILE", as: String.format, "append the figures to this file, a line of JSON each time")

    private static let cores = Flag(
        "cores",
        "measure the parallel regions of a training step on one core and on --threads, and predict it on up to 64")
    private static let modelNames = [
        "warmup", "smaller", "bigger", "mlp", "bigger-batchnorm", "mlp-final", "cnn-final",
    ]

    static let bench = Command(
        "bench",
        "speed of the kernels and of training steps on this machine",
        arguments: [
            .any(
                "MODEL",
                "what to measure instead of all: \(modelNames.joined(separator: ", "))", words: modelNames)
        ],
        options: [seconds, cores, compared, tolerance, recorded, Common.threads, Common.quiet, Common.json],
        examples: [
            Example(
                "bench", "the multiply-add peak, each kernel's share of it, images per second of seven models"),
            Example("bench warmup --json", "one model as a document, for scripts and for --compare"),
            Example("bench warmup --compare before.json", "what has become faster or slower since"),
            Example("bench bigger --cores", "where the time of a step goes, and what more cores would give"),
            Example("bench --record history.jsonl", "one more line for the history of this machine"),
            Example("bench --compare history.jsonl --tolerance 10", "fail if a training has become 10 % slower"),
        ]
    ) { call in
        let models = try chosenModels(call)
        if call[cores] {
            for option in [compared, recorded] where call[option] != nil {
                throw call.misuse(
                    "--\(option.name) is about measurements, and --cores predicts", remedy: "leave one out")
            }
            if call[tolerance] != nil { throw call.misuse("--tolerance needs --compare FILE") }
            if call[seconds] != nil {
                throw call.misuse(
                    "--seconds: --cores takes twelve steps of each model, however long", remedy: "leave one out")
            }
            return try predictCores(models, call)
        }
        // A mistyped name should be reported before the measuring, not after it.
        let history = try call[compared].map { path in try readable("--compare", call) { try BenchHistory(at: path) } }
        if call[tolerance] != nil, history == nil { throw call.misuse("--tolerance needs --compare FILE") }
        let record = try call[recorded].map { path in
            (path: path, history: try readable("--record", call) { try BenchHistory.toAppend(at: path) })
        }
        let others = call.operands.isEmpty ? try KernelCase.ofMobileNets() : []
        let bench = Bench(models, and: others, threads: call.threads, seconds: call[seconds] ?? 20)
        let report = try bench.run { if !call[Common.quiet] { call.console.say($0) } }
        if let record { try record.history.append(report, to: record.path) }
        let earlier = history?.reference(for: report)
        if let earlier {
            for difference in BenchComparison.differences(report, earlier) {
                call.console.say("\(call.console.messageStyle.yellow("warning:")) another \(difference)")
            }
        }
        call.print(
            json: report.json(against: earlier), text: report.text(against: earlier, width: call.console.tableWidth))
        guard let earlier, let tolerance = call[tolerance] else { return .success }
        let comparison = BenchComparison(report, against: earlier)
        let unknown = comparison.unknown(report).map { "training \($0) has no earlier rate" }
        let slower = comparison.slower(report, by: tolerance / 100)
        // A gate that compares nothing must not pass.
        let decidesNothing = unknown.count == report.training.count
        let style = call.console.messageStyle
        for line in unknown {
            call.console.say("\(decidesNothing ? style.red("error:") : style.yellow("warning:")) \(line)")
        }
        for line in slower { call.console.say("\(style.red("error:")) \(line)") }
        return slower.isEmpty && !decidesNothing ? .success : .failure
    }

    private static func predictCores(_ models: [BenchModel], _ call: Call) throws -> ExitCode {
        var predictions: [CoreModel] = []
        for model in models {
            if !call[Common.quiet] { call.console.say("training steps of \(model.name)") }
            predictions.append(try CoreModel(model, checkedOn: call.threads, steps: 12))
        }
        call.print(
            json: JSON(.array(predictions.map(\.json))),
            text: predictions.map { $0.text(width: call.console.tableWidth) }.joined(separator: "\n"))
        return .success
    }

    /// A file that cannot be read is a mistake in usage.
    private static func readable<Content>(
        _ option: String, _ call: Call, _ read: () throws -> Content
    ) throws -> Content {
        do {
            return try read()
        } catch let error as FileError {
            throw call.misuse("\(option): \(error)")
        }
    }

    private static func chosenModels(_ call: Call) throws -> [BenchModel] {
        let all = try BenchModel.all()
        for name in call.operands where !all.contains(where: { $0.name == name }) {
            let names = all.map(\.name)
            throw call.misuse(
                "unknown model \(quoted(name))",
                remedy: remedy(for: name, among: names))
        }
        return call.operands.isEmpty ? all : all.filter { call.operands.contains($0.name) }
    }
}
