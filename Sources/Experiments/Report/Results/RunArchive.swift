import Foundation
import Schema

/// The finished runs below one folder; each directory is read only once.
struct RunArchive {
    /// A finished run, and which of its group's repeats it is.
    struct Found {
        let run: SavedRun
        let values: [JSON.Member]
        let repeated: TrialResult.Repeat
        let circumstances: RunCircumstances
    }

    private let root: String
    private var directories: [String: [Found]] = [:]
    private var noted: Set<String> = []

    /// What could not be read: a `Problems` or `FileError` each.
    private(set) var errors: [any Error] = []
    /// What was left out for being another experiment.
    private(set) var misfits: [String] = []

    init(_ root: String) { self.root = root }

    /// The finished repeats of a group among the runs of a folder, in the order of their sweep.
    mutating func runs(of group: PlannedConfig.Group, in folder: String) -> [Found] {
        runs(in: folder).filter { found in
            guard found.hasValues(group.values) else { return false }
            guard let difference = group.difference(in: found.run.config) else { return true }
            if noted.insert(found.run.directory).inserted {
                misfits.append("\(found.run.directory) is left out: \(difference)")
            }
            return false
        }
    }

    private mutating func runs(in folder: String) -> [Found] {
        if let known = directories[folder] { return known }
        let directory = join(root, folder)
        var found: [Found] = []
        if FileManager.default.fileExists(atPath: directory) {
            let reader = RunReader([directory])
            errors += reader.errors
            if let sweep = reader.sweeps.first {
                found = zip(sweep.runs, sweep.trials).map { run, trial in
                    Found(run: run, values: trial.setting, repeated: trial.repeated)
                }
            } else {
                found = reader.runs.filter { $0.state != .unfinished }.map { run in
                    let seed = run.config["seed"].flatMap { try? Int(from: $0) }
                    return Found(run: run, values: [], repeated: TrialResult.Repeat(seed: seed))
                }
            }
        }
        directories[folder] = found
        return found
    }
}

extension RunArchive.Found {
    fileprivate init(run: SavedRun, values: [JSON.Member], repeated: TrialResult.Repeat) {
        self.run = run
        self.values = values
        self.repeated = repeated
        circumstances = RunCircumstances(of: run.directory)
    }

    /// Whether exactly these settings were varied.
    fileprivate func hasValues(_ others: [JSON.Member]) -> Bool {
        values.count == others.count
            && values.allSatisfy { value in others.contains { $0.key == value.key && $0.value.isSame(as: value.value) }
            }
    }
}
