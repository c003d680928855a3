import Experiments
import Foundation
import Machine
import Reporting
import Schema
import Tensors
import Training

extension Command {
    private static let out = Option(
        "out", "DIR", as: String.format, "the run directory (default: runs/<name>, or the next free runs/<name>-2, …)")
    private static let resume = Flag(
        "resume", "continue the unfinished run in --out (or runs/<name>); a finished run is left alone")
    private static let junit = Option(
        "junit", "FILE", as: String.format, "write the expectations' verdicts as JUnit XML, for CI systems")

    static let train = Command(
        "train", "train one experiment and write a run directory",
        arguments: [.one("CONFIG", "the experiment, or - for standard input")],
        options: [out, resume, junit] + Common.configuration + [Common.threads] + Common.location
            + [Common.noPictures, Common.tensorBoard, Common.progress, Common.quiet, Common.json],
        examples: [
            Example("train configs/quickstart.json", "a few seconds, no data needed"),
            Example("train configs/mnist/warmup.json --set training.batch_size=64 --out runs/batch-64", "one change"),
            Example("train configs/mnist/warmup.json --resume", "continue after Ctrl-C"),
        ]
    ) { call in
        try Training(call).run()
    }

    /// One call of `train`, step by step.
    private struct Training {
        let call: Call
        let path: String

        init(_ call: Call) {
            self.call = call
            path = call.operands[0]
        }

        func run() throws -> ExitCode {
            let loaded = try call.loadConfig(path)
            // If the report cannot be written, it should be known before hours of training.
            if let report = call[junit] { _ = try AtomicFile(at: report) }
            if let finished = try finishedRun(loaded) { return finished }
            let experiment = try Experiment(loaded.config, library: call.library(for: path), threads: call.threads)
            call.warn(loaded.config.frozenAtRandom(experiment.summary))
            call.warn(experiment.remarks)
            let directory = try makeDirectory(loaded.config.name)
            let run = try TrainingRun(
                experiment, resolved: loaded.json, in: directory,
                provenance: Provenance(
                    version: call.tool.version, command: CommandLine.arguments, threads: call.grantedThreads,
                    data: experiment.data),
                outputs: RunOutputs.all(
                    withPictures: !call[Common.noPictures],
                    // A run that began with it goes on with it.
                    withTensorBoard: call[Common.tensorBoard] || directory.has(.tensorBoard)))
            announce(run)

            StopSignals.listen()
            defer { StopSignals.ignore() }
            let outcome = try run.train(observers: [call.trainingProgress(epochs: loaded.config.training.epochs)]) {
                StopSignals.exitCode != nil
            }
            switch outcome {
            case .interrupted:
                call.console.say("stopped; go on with: \(resumingCommand(directory.path))")
                return StopSignals.exitCode ?? .interrupted
            case .diverged(let divergence):
                let failure = "\(divergence): training diverged; a lower learning_rate usually helps"
                call.console.say("\(call.console.messageStyle.red("error:")) \(failure)")
                try writeJUnit(loaded.config.name, [], seconds: run.seconds, failure: failure)
                return .failure
            case .stopped(let reason):
                if !call[Common.quiet] { call.console.say("stopped early: \(reason)") }
            case .completed: break
            }
            let result = try run.finish()
            try writeJUnit(loaded.config.name, result.expectations, seconds: run.seconds)
            call.print(
                json: result.json,
                text: chart(of: run) + result.text(width: call.console.width) + "results in \(directory.path)\n")
            return result.verdict.exitCode
        }

        /// The curves in a few lines for whoever sat and waited; nothing where nobody looks.
        private func chart(of run: TrainingRun) -> String {
            let history = run.experiment.training.state.history
            guard call.console.isScreen, !call[Common.quiet], history.count > 1 else { return "" }
            let curves = SavedCurves(history, isValidated: run.experiment.config.dataset.validation != nil)
            let plot = CurvesPicture(name: "", curves: curves).plot
            let options = TextOptions(style: call.console.style)
            return "\n" + plot.text(width: min(call.console.width - 1, 100), options: options) + "\n"
        }

        /// A finished run is left alone, and its verdict decides the exit code again.
        private func finishedRun(_ loaded: ResolvedConfig) throws -> ExitCode? {
            let path = call[out] ?? "runs/\(loaded.config.name)"
            guard call[resume], let text = try? readFile("\(path)/\(RunFile.result.rawValue)") else { return nil }
            if call[Common.json] {
                call.console.write(String(decoding: text, as: UTF8.self))
            } else if !call[Common.quiet] {
                call.console.say("\(path): this run is finished and left alone")
            }
            let result = try document(text, at: "\(path)/\(RunFile.result.rawValue)")
            try writeJUnit(loaded.config.name, result["expect"]?.elements?.compactMap(JudgedExpectation.init) ?? [])
            return result["verdict"]?.text.flatMap(Verdict.init).exitCode
        }

        private func document(_ text: [UInt8], at path: String) throws(Problems) -> JSON {
            do {
                return try JSON(parsing: text)
            } catch {
                var problems = error
                problems.file = path
                throw problems
            }
        }

        private func writeJUnit(
            _ name: String, _ expectations: [JudgedExpectation], seconds: Double = 0, failure: String? = nil
        ) throws {
            guard let path = call[junit] else { return }
            let report = JUnitReport(run: name, expectations: expectations, seconds: seconds, failure: failure)
            try AtomicFile.write(report.xml, to: path)
        }

        /// The command line that continues the run. It repeats everything that decides the config, because another config is
        /// another run.
        private func resumingCommand(_ directory: String) -> String {
            call.commandLine("train", path, ["--out", directory, "--resume"])
        }

        private func makeDirectory(_ name: String) throws -> RunDirectory {
            if let path = call[out] { return try RunDirectory(path: path, resuming: call[resume]) }
            if call[resume] { return try RunDirectory(path: "runs/\(name)", resuming: true) }
            return try RunDirectory(under: "runs", name: name)
        }

        private func announce(_ run: TrainingRun) {
            guard !call[Common.quiet], call[Common.progress] != .never else { return }
            let data = run.experiment.data
            let validation = data.validation.map { ", \(grouped($0.images.count)) for validation" } ?? ""
            let resumed = run.firstEpoch > 0 ? "\nresumed        from epoch \(run.firstEpoch + 1)" : ""
            call.console.say(
                """
                \(run.experiment.summary.text(width: Terminal.error.width))
                data           \(data.name), from \(data.origin)
                images         \(grouped(data.learned.count)) for training\(validation), \
                \(grouped(data.test.count)) for test
                threads        \(call.grantedThreads.words())
                memory         \(byteSize(run.experiment.summary.memory.processPeak)) of \
                \(Given.toThisProcess.memory.words(byteSize))
                run directory  \(run.directory.path)\(resumed)

                """)
        }
    }
}

extension Verdict? {
    /// The exit code of a run with this verdict.
    var exitCode: ExitCode {
        switch self {
        case nil, .passed: .success
        case .failed: .unmet
        case .inconclusive: .undecided
        }
    }
}
