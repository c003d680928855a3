import Experiments
import Reporting
import Schema

extension Command {
    private static let seconds = Option(
        "seconds", "S", as: Double.format(in: 0...3600),
        "about how long to measure (default: 20; more if even a few steps take longer)")
    private static let compared = Option(
        "compare", "FILE", as: String.format,
        "what bench --json wrote earlier; shows each rate as a multiple of the earlier one")

    static let bench = Command(
        "bench",
        "speed of the kernels and of training steps on this machine",
        arguments: [
            .any(
                "MODEL",
                "what to measure instead of all: warmup, smaller, bigger, mlp, bigger-batchnorm, mlp-final, "
                    + "cnn-final")
        ],
        options: [seconds, compared, Common.threads, Common.quiet, Common.json],
        examples: [
            Example(
                "bench", "the multiply-add peak, each kernel's share of it, images per second of seven models"),
            Example("bench warmup --json", "one model as a document, for scripts and for --compare"),
            Example("bench warmup --compare before.json", "what has become faster or slower since"),
        ]
    ) { call in
        let models = try chosenModels(call)
        // A mistyped name should be reported before the measuring, not after it.
        let earlier = try call[compared].map { path in
            do {
                return try BenchReport(at: path)
            } catch let error as FileError {
                throw call.misuse("--compare: \(error)")
            }
        }
        let others = call.operands.isEmpty ? try KernelCase.ofMobileNets() : []
        let bench = Bench(models, and: others, threads: call.threads, seconds: call[seconds] ?? 20)
        let report = try bench.run { if !call[Common.quiet] { call.console.say($0) } }
        if let earlier {
            for difference in BenchComparison.differences(report, earlier) {
                call.console.say("\(call.console.messageStyle.yellow("warning:")) another \(difference)")
            }
        }
        call.print(
            json: report.json(against: earlier), text: report.text(against: earlier, width: call.console.width))
        return .success
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
