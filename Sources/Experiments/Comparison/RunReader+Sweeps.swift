import Foundation
import Reporting
import Schema

extension RunReader {
    /// Reads a sweep's trials as runs; those that are not there yet are passed over.
    mutating func readSweep(_ directory: String) {
        guard let (name, trials) = trials(of: directory) else {
            // Without the sweep's own word there are no groups, but still the runs.
            for folder in folders(in: join(directory, "trials")) { readRun(in: folder) }
            return
        }
        let others = Self.uncounted(in: directory)
        var sweep = SavedSweep(directory: directory, name: name, plannedTrials: trials.count - others.count)
        sweep.settings = trials.map(\.values)
        for trial in trials where !others.contains(trial.name) {
            let folder = join(join(directory, "trials"), trial.name)
            guard exists(folder, .config), let run = readRun(in: folder), run.state != .unfinished else { continue }
            sweep.trials.append(trial.result(run))
            sweep.runs.append(run)
        }
        sweeps.append(sweep)
    }

    /// The trials that a sweep's own rules leave out: their folders may hold the results of an earlier rule.
    private static func uncounted(in directory: String) -> Set<String> {
        guard let record = try? SweepRecord(in: directory), let sweep = try? record.settings().sweep,
            sweep.until != nil || sweep.halving != nil,
            let results = try? SweepResults(
                record, state: { try TrialState(of: $0, in: SweepDirectory.folder(of: $0, in: directory)) })
        else { return [] }
        let left = results.rows.filter { [.stopped, .unneeded].contains($0.standing) }
        return Set(left.map(\.trial.name))
    }

    /// Nil after having noted why not.
    private mutating func trials(of directory: String) -> (name: String?, trials: [SavedSweep.Trial])? {
        let path = join(directory, SweepFile.record.rawValue)
        var problems = Problems()
        do {
            let place = Place(try JSON(parsing: readFile(path)))
            guard let list = place["trials"], let elements = list.json.elements else {
                throw Problems([place.problem("missing key \"trials\"")])
            }
            let trials = elements.indices.compactMap { index in
                list[index].flatMap { SavedSweep.Trial($0, &problems) }
            }
            if problems.isEmpty { return (place["name"]?.json.text, trials) }
        } catch let error as Problems {
            for problem in error.list { problems.append(problem) }
        } catch {
            note(error)
            return nil
        }
        note(DamagedSweep(problems, of: path).problems)
        return nil
    }
}
