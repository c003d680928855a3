import Reporting
import Schema

/// A run or a sweep in a few words, as `ls` lists it.
package struct ListedRun: Sendable {
    package enum Kind: String, Sendable { case run, sweep }

    /// As the user would type it.
    package let path: String
    package let kind: Kind
    /// The experiment's; nil where that cannot be read.
    package let name: String?
    /// `finished`, `stopped early`, `unfinished`, or `damaged` where files cannot be read.
    package let state: String
    /// Epochs that have ended; of a sweep, finished trials.
    package let done: Int
    /// Epochs or trials that there are to be.
    package let planned: Int?
    /// The highest accuracy of any epoch, on validation images if there are any.
    package let best: (metric: Metric, value: Double)?
    /// Of all its files.
    package let bytes: Int
    /// What is wrong with its files.
    package let faults: [String]

    /// Reads a run's or a sweep's directory.
    package init(at path: String) {
        let reader = RunReader([path])
        self.path = path
        faults = reader.errors.map { ($0 as? Problems)?.rendered() ?? "\($0)" }
        bytes = storedFiles(in: path).reduce(0) { $0 + $1.bytes }
        if RunReader.isSweep(path) {
            let sweep = reader.sweeps.first
            kind = .sweep
            name = sweep?.name
            done = sweep?.trials.count ?? 0
            planned = sweep?.plannedTrials
            best = (sweep?.runs ?? []).compactMap(\.best).max { $0.value < $1.value }
            state = !faults.isEmpty ? "damaged" : done == planned ? "finished" : "unfinished"
        } else {
            let run = reader.runs.first
            kind = .run
            name = run?.config["name"]?.text
            done = run?.curves.epochs ?? 0
            planned = run?.plannedEpochs
            best = run?.best
            state = !faults.isEmpty ? "damaged" : run?.state.rawValue ?? "damaged"
        }
    }

    /// One element of what `ls --json` prints.
    package var json: JSON {
        [
            "path": JSON(path), "kind": JSON(kind.rawValue), "name": JSON(name), "state": JSON(state),
            "done": JSON(done), "planned": JSON(planned),
            "best": best.map { ["metric": JSON($0.metric.rawValue), "value": JSON($0.value)] } ?? nil,
            "bytes": JSON(bytes), "problems": JSON(faults),
        ]
    }

    /// A row each.
    package static func table(_ runs: [ListedRun], width: Int?) -> String {
        TextTable(
            ["directory", "kind", "state", .right("done"), "best", .right("size")],
            rows: runs.map { run in
                let unit = run.kind == .run ? "epochs" : "trials"
                return [
                    run.path, run.kind.rawValue, run.state,
                    "\(run.done)/\(run.planned.map(String.init) ?? "?") \(unit)",
                    run.best.map { "\($0.metric.rawValue) \(metric($0.value))" } ?? "–", byteSize(run.bytes),
                ]
            }
        ).text(width: width)
    }
}

extension SavedRun {
    /// The highest accuracy of any epoch, on validation images if there are any; nil before the first epoch has ended.
    var best: (metric: Metric, value: Double)? {
        curves.decisive.accuracy.max().map { (curves.isValidated ? .validationAccuracy : .accuracy, $0) }
    }
}
