import Datasets
import Exchange
import Foundation
import Reporting
import Schema
import Tensors

/// Writes what TensorBoard shows of finished runs, from what their directories hold: the same bytes whenever it is
/// done, with the times that the runs themselves noted.
///
/// Histograms are of the saved weights alone, at the last epoch, for those of others are gone.
package struct TensorBoardExport {
    private let library: DataLibrary
    private let threads: Int
    private let folder: String

    /// Refuses a folder that holds something else, for that would be shown, too.
    package init(to folder: String, library: DataLibrary, threads: Int) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard names.isEmpty, !isFile(folder) else { throw ExportFolderError(folder) }
        self.folder = folder
        self.library = library
        self.threads = threads
    }

    /// Writes one run; returns why its test images could not be looked at, without which there are neither mistakes nor
    /// points for the projector.
    package func add(_ run: FinishedRun, _ config: ExperimentConfig) throws -> (any Error)? {
        let inspection = try Inspection(run, config, library: library, threads: threads)
        do {
            _ = try inspection.testImages()
        } catch {
            try write(run, inspection, to: folder, withMistakes: false)
            return error
        }
        try write(run, inspection, to: folder, withMistakes: true)
        for (name, content) in try run.projector(inspection, config, library: library).files {
            try AtomicFile.write(content, to: "\(folder)/\(name)")
        }
        return nil
    }

    /// Writes all finished trials of a sweep, each in a folder of its own; returns how many those are.
    package func add(_ sweep: SweepRecord, in directory: String) throws -> Int {
        let finished = sweep.trials.filter { trial in
            isFile("\(SweepDirectory.folder(of: trial, in: directory))/\(RunFile.result.rawValue)")
        }
        guard !finished.isEmpty else { throw BestTrialError.nothingFinished(directory) }
        try sweep.declareForTensorBoard(in: folder)
        for trial in finished {
            let run = try FinishedRun(at: SweepDirectory.folder(of: trial, in: directory))
            let config = try ConfigDocument(reading: run.configPath).resolved().config
            let inspection = try Inspection(run, config, library: library, threads: threads)
            try write(run, inspection, to: "\(folder)/\(trial.name)", withMistakes: false)
        }
        return finished.count
    }

    private func write(_ run: FinishedRun, _ inspection: Inspection, to folder: String, withMistakes: Bool) throws {
        let state = try TrialState(in: run.path)
        let clock = RunClock(of: run.path)
        let parameters = inspection.network.parameters
        let given = [Hyperparameter](
            of: try JSON(parsing: readFile(run.configPath)), parameters: parameters.count, in: run.path)
        let confusion = try ConfusionPicture(
            name: inspection.name,
            CSV(parsing: String(decoding: readFile("\(run.path)/\(RunFile.confusion.rawValue)"), as: UTF8.self)))
        let pictures = try inspection.tensorBoardPictures(confusion: confusion, withMistakes: withMistakes)

        var log = try TensorBoardRun(in: folder, from: 0, by: EventLog.Writer(host: clock.host, process: 0))
        try log.begin(given, time: clock.start)
        for epoch in state.history {
            let isLast = epoch.epoch == state.history.count - 1
            try log.add(
                epoch, isLast ? .histograms(parameters.all, parameters.values(of:)) : [],
                time: clock.end(ofEpoch: epoch.epoch))
        }
        try log.end(
            .results(state) + pictures, isSuccess: true, after: state.history.count,
            time: clock.end(ofEpoch: state.history.count - 1))
    }
}

/// When things happened in a run, as far as it noted that.
private struct RunClock {
    /// In seconds since 1970; zero where it is not known.
    let start: Double
    let host: String
    /// Seconds until the ends of epochs.
    private var ends: [Double] = []

    init(of run: String) {
        let provenance = try? JSON(parsing: readFile("\(run)/\(RunFile.provenance.rawValue)"))
        let date = provenance?["start"]?.text.flatMap { try? Date.ISO8601FormatStyle().parse($0) }
        start = date?.timeIntervalSince1970 ?? 0
        host = provenance?["host"]?.text ?? "unknown"
        guard let bytes = try? readFile("\(run)/\(RunFile.timings.rawValue)"),
            let seconds = try? CSV(parsing: String(decoding: bytes, as: UTF8.self)).numbers(in: "seconds")
        else { return }
        for time in seconds {
            // What no clock can have measured counts as no time at all.
            let isPossible = time >= 0 && time < 1e10
            ends.append((ends.last ?? 0) + (isPossible ? time : 0))
        }
    }

    /// When it is not known, the last time that is.
    func end(ofEpoch epoch: Int) -> Double { start + (ends.prefix(epoch + 1).last ?? 0) }
}

/// A folder that is not empty, or a file in its place.
package struct ExportFolderError: Error, Sendable, CustomStringConvertible {
    private let path: String

    init(_ path: String) { self.path = path }

    /// One line with the remedy.
    package var description: String {
        "\(displayable(path)): this exists and is no empty folder, and TensorBoard would show what is in it, too; "
            + "choose another --to"
    }
}
