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
        "resume",
        "continue the unfinished run in --out (or runs/<name>, or the last runs/<name>-N that the config began), with "
            + "more epochs if wanted; a finished run is checked and left alone")
    private static let keepCheckpoint = Flag(
        "keep-checkpoint", "keep the finished run's last checkpoint, so that --epochs N --resume can make it longer")
    static let train = Command(
        "train", "train one experiment and write a run directory",
        arguments: [
            .optional("CONFIG", "the experiment, or - for standard input; not needed with --out DIR --resume")
        ],
        options: [out, resume, keepCheckpoint, Common.junit] + Common.configuration + [Common.threads] + Common.location
            + [Common.noPictures, Common.tensorBoard, Common.progress, Common.quiet, Common.json],
        examples: [
            Example("train quickstart", "a config that is built in: a few seconds, no data needed"),
            Example("train configs/mnist/warmup.json --set training.batch_size=64 --out runs/batch-64", "one change"),
            Example("train configs/mnist/warmup.json --resume", "continue after Ctrl-C"),
            Example("train --out runs/warmup --resume", "the same; the run's folder holds its config"),
        ]
    ) { call in
        guard call.operands.isEmpty else {
            let path = call.operands[0]
            return try call.reportingFailure(of: path) { try Training(call: call, path: path).run() }
        }
        guard call[resume], let folder = call[out] else {
            throw call.misuse(
                "missing argument CONFIG", remedy: "name a config, or an unfinished run: --out DIR --resume")
        }
        let path = "\(folder)/\(RunFile.config.rawValue)"
        return try call.reportingFailure(of: path) {
            guard FileManager.default.fileExists(atPath: path) else { throw NothingToResume(folder: folder) }
            return try Training(call: call, path: path).run()
        }
    }

    /// One call of `train`, step by step.
    private struct Training {
        let call: Call
        let path: String

        func run() throws -> ExitCode {
            let loaded = try call.loadConfig(path)
            if loaded.config.sweep != nil { try loaded.checkWithoutSweep() }
            let resumed = call[resume] ? resumedFolder(loaded) : nil
            if let resumed, let finished = try finishedRun(loaded, in: resumed) { return finished }
            let experiment = try Experiment(loaded.config, library: call.library(for: path), threads: call.threads)
            call.warn(loaded.config.frozenAtRandom(experiment.summary))
            call.warn(loaded.config.doubts)
            call.warn(experiment.remarks)
            let directory = try makeDirectory(loaded.config.name, resuming: resumed)
            if call[resume] { try directory.checkConfig(loaded) }
            let run = try TrainingRun(
                experiment, resolved: loaded.json, in: directory,
                provenance: Provenance(
                    version: call.tool.version, command: CommandLine.arguments, threads: call.grantedThreads,
                    data: experiment.data),
                outputs: RunOutputs.all(
                    withPictures: !call[Common.noPictures],
                    // A run that began with it goes on with it.
                    withTensorBoard: call[Common.tensorBoard] || directory.has(.tensorBoard)),
                keepsCheckpoint: call[keepCheckpoint])
            announce(run)

            StopSignals.listen()
            defer { StopSignals.stopListening() }
            let outcome = try run.train(observers: [call.trainingProgress(epochs: loaded.config.training.epochs)]) {
                StopSignals.exitCode != nil
            }
            switch outcome {
            case .interrupted:
                call.console.say("stopped; go on with: \(resumingCommand(directory.path))")
                try writeJUnit(loaded.config.name, [], seconds: run.seconds, failure: "stopped before its end")
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
                text: chart(of: run)
                    + folded(
                        result.text(width: call.console.tableWidth) + "results in \(displayable(directory.path))\n",
                        to: call.console.tableWidth))
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

        /// The run that `--resume` means: without `--out` the config's first one or, where that is finished, the last one that
        /// is not.
        private func resumedFolder(_ loaded: ResolvedConfig) -> String {
            if let folder = call[out] { return folder }
            let first = "runs/\(loaded.config.name)"
            guard isFinished(first) else { return first }
            return lastUnfinishedRun(of: loaded, under: "runs") ?? first
        }

        private func isFinished(_ folder: String) -> Bool {
            FileManager.default.fileExists(atPath: "\(folder)/\(RunFile.result.rawValue)")
        }

        /// A finished run is checked and left alone, and the verdict on its results decides the exit code again. Nil for a run
        /// that has something left to train.
        private func finishedRun(_ loaded: ResolvedConfig, in folder: String) throws -> ExitCode? {
            guard isFinished(folder) else { return nil }
            let finished = try FinishedRun(at: folder)
            if try finished.isToBeExtended(to: loaded) { return nil }
            removePartialFiles(in: folder)
            let results = try finished.results(judgedBy: loaded.config, library: call.library(for: path))
            if !call[Common.quiet] { call.console.say("\(displayable(folder)): this run is finished and left alone") }
            try writeJUnit(loaded.config.name, results.expectations, seconds: results.seconds)
            call.print(
                json: results.json,
                text: folded(results.text + "results in \(displayable(folder))\n", to: call.console.tableWidth))
            return results.verdict.exitCode
        }

        private func writeJUnit(
            _ name: String, _ expectations: [JudgedExpectation], seconds: Double = 0, failure: String? = nil
        ) throws {
            try call.write(JUnitReport(run: name, expectations: expectations, seconds: seconds, failure: failure))
        }

        /// The command line that continues the run. It repeats everything that decides the config, because another config is
        /// another run; what came from standard input is in the run's folder.
        private func resumingCommand(_ directory: String) -> String {
            let config = path == "-" ? "\(directory)/\(RunFile.config.rawValue)" : path
            let kept = call[keepCheckpoint] ? ["--keep-checkpoint"] : []
            return call.commandLine(
                "train", config, ["--out", directory, "--resume"] + kept, isResolved: path == "-")
        }

        private func makeDirectory(_ name: String, resuming resumed: String?) throws -> RunDirectory {
            if let path = resumed ?? call[out] { return try RunDirectory(path: path, resuming: resumed != nil) }
            return try RunDirectory(under: "runs", name: name)
        }

        private func announce(_ run: TrainingRun) {
            guard !call[Common.quiet], call[Common.progress] != .never else { return }
            let data = run.experiment.data
            let validation = data.validation.map { ", \(grouped($0.images.count)) for validation" } ?? ""
            let resumed = run.firstEpoch > 0 ? "\nresumed        from epoch \(run.firstEpoch + 1)" : ""
            let text = """
                \(run.experiment.summary.text(width: Terminal.error.tableWidth))
                data           \(displayable("\(data.name), from \(data.origin)"))
                images         \(grouped(data.learned.count)) for training\(validation), \
                \(grouped(data.test.count)) for test
                threads        \(call.grantedThreads.words())
                memory         \(byteSize(run.experiment.summary.memory.processPeak)) of \
                \(Given.toThisProcess.memory.words(byteSize))
                run directory  \(displayable(run.directory.path))\(resumed)

                """
            call.console.say(folded(text, to: Terminal.error.tableWidth))
        }
    }
}

/// A folder that was to be gone on with and holds no run.
private struct NothingToResume: Error, CustomStringConvertible {
    let folder: String
    var description: String {
        let reason =
            FileManager.default.fileExists(atPath: folder)
            ? "this is not a run directory: it has no \(RunFile.config.rawValue)" : "there is no such run directory"
        return "\(folder): \(reason), so there is nothing to resume; name another --out, or a config to begin one with"
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
