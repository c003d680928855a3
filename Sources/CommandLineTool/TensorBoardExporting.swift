import Experiments
import Reporting
import Schema

extension Call {
    /// `export --tensorboard`: a run, or all finished trials of a sweep.
    func exportToTensorBoard(_ directory: String, metric: Metric?, to folder: String) throws -> ExitCode {
        if metric != nil {
            throw misuse("--metric: --tensorboard shows all trials of a sweep, so there is nothing to choose")
        }
        var count = 1
        if RunReader.isSweep(directory) {
            let sweep = try SweepRecord(in: directory)
            let export = try TensorBoardExport(to: folder, library: library(for: directory), threads: threads)
            count = try export.add(sweep, in: directory)
        } else {
            let run = try FinishedRun(at: directory)
            let config = try loadConfig(run.configPath).config
            let library = library(for: run.configPath)
            let export = try TensorBoardExport(to: folder, library: library, threads: threads)
            if let reason = try export.add(run, config) {
                warn(Problems([Problem("mistakes and the projector's points are left out: \(reason)")]))
            }
        }
        print(
            json: ["run": JSON(directory), "folder": JSON(folder), "runs": JSON(count)],
            text: "\(displayable(folder)): \(count == 1 ? "1 run" : "\(grouped(count)) runs") for TensorBoard; "
                + "look at \(count == 1 ? "it" : "them") with: tensorboard --logdir \(shellQuoted(folder))\n")
        return .success
    }
}
