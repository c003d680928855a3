import Datasets
import Exchange
import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    private static let endings = ModelFormats.all.map { $0.ending }
    private static let to = Option(
        "to", "FILE", as: String.format, "what to write; its ending says as what: \(endings.joined(separator: ", "))")
    private static let tensorBoard = Flag(
        "tensorboard", "write events for TensorBoard into a folder, of a run or of all trials of a sweep")
    private static let metric = Option(
        "metric", "NAME", as: Metric.format, "what a sweep's best trial is chosen by (default: val_accuracy)")

    static let export = Command(
        "export", "a trained model as other tools read it",
        arguments: [.one("RUN", "a run directory; a sweep's directory stands for its best trial")],
        options: [to, metric, tensorBoard, Common.threads] + Common.location + [Common.json, Common.quiet],
        examples: ModelFormats.all.map { format in
            Example("export runs/warmup --to warmup\(format.ending)", format.summary)
        } + [
            Example(
                "export runs/sweep --to best.npz --metric val_loss", "of a sweep, the trial with the lowest val_loss"),
            Example("export runs/warmup --tensorboard --to events", "for tensorboard --logdir events"),
        ]
    ) { call in
        guard let path = call[to] else {
            let example = call[tensorBoard] ? "events" : "model\(endings[0])"
            throw call.misuse("missing option --to FILE", remedy: "such as --to \(example)")
        }
        if call[tensorBoard] { return try call.exportToTensorBoard(call.operands[0], metric: call[metric], to: path) }
        guard let format = ModelFormats.format(of: path) else {
            let known = endings.joined(separator: ", ")
            guard !path.hasSuffix("/"), !isFolder(path) else {
                throw call.misuse(
                    "--to: \(quoted(path)) is a folder, and a model is exported into a file",
                    remedy: "name one that ends with \(known), or write events for TensorBoard with --tensorboard")
            }
            throw call.misuse(
                "--to: \(quoted(path)) ends like no format that models are exported in",
                remedy: "end it with one of \(known)")
        }
        let directory = try call.chosenRun(call.operands[0], by: call[metric])
        let run = try FinishedRun(at: directory)
        let config = try call.loadConfig(run.configPath).config
        let model = try run.exportedModel(config, library: call.library(for: run.configPath))
        let file = try format.encode(model)
        try AtomicFile.write(file, to: path)
        call.print(
            json: [
                "run": JSON(directory), "file": JSON(path), "format": JSON(String(format.ending.dropFirst())),
                "bytes": JSON(file.count), "summary": JSON(format.summary),
            ],
            text: "\(displayable(path)): \(byteSize(file.count)), \(format.summary)\n")
        return .success
    }
}

extension Call {
    /// A run's directory as it was given; of a sweep that of its best trial, which is told.
    fileprivate func chosenRun(_ directory: String, by metric: Metric?) throws -> String {
        guard RunReader.isSweep(directory) else {
            if metric != nil {
                throw misuse("--metric: \(quoted(directory)) is no sweep, so there is nothing to choose")
            }
            return directory
        }
        // Of a record that is broken, the best of its trials may be what is lost.
        _ = try SweepRecord(in: directory)
        let reader = RunReader([directory])
        guard let sweep = reader.sweeps.first else { throw reader.errors[0] }
        for error in reader.errors { _ = tool.report(error, to: console) }
        let best = try BestTrial(of: sweep, by: metric)
        if !self[Common.quiet] {
            let value = best.metric.isAccuracy ? percent(best.value) : Reporting.metric(best.value)
            console.say("best of \(sweep.trials.count) trials by \(best.metric.rawValue): \(best.name) (\(value))")
        }
        return best.directory
    }
}
