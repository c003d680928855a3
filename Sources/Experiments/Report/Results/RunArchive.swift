import Foundation
import Schema

/// The figures of the finished runs below one folder, and of those that were kept; each directory is read only once.
struct RunArchive {
    /// A finished run of a directory, by what tells its group.
    private struct Found {
        let config: JSON
        let values: JSON
        let figures: RunFigures
    }

    /// What tells one group's runs from another's.
    private struct Key: Hashable {
        let folder: String
        let values: String
        let config: String
        let hasFolds: Bool
    }

    private let root: String
    private let asked: [String: Set<Figure>]
    private let earlier: KeptFigures
    private var directories: [String: [Found]] = [:]
    private var groups: [Key: [RunFigures]] = [:]
    /// In the order in which they were asked for.
    private var read: [KeptGroup] = []

    /// What could not be read: a `Problems` or `FileError` each.
    private(set) var errors: [any Error] = []
    /// What was left out for being another experiment, each said once.
    private(set) var misfits: [String] = []

    /// Runs of a folder are asked for these figures, and for those that were kept of it.
    init(_ root: String, asked: [String: Set<Figure>], kept: KeptFigures = KeptFigures()) {
        self.root = root
        earlier = kept
        self.asked = kept.groups.reduce(into: asked) { asked, group in
            asked[group.runs, default: []].formUnion(group.repeats.flatMap(\.values.keys))
        }
    }

    /// The finished repeats of a group among the runs of a folder, in the order of seeds and folds; a kept one gives way to a
    /// run with its seed and fold, and only fills in what of that cannot be read.
    mutating func runs(of group: PlannedConfig.Group, in folder: String) -> [RunFigures] {
        let values = JSON(.object(group.values))
        let key = Key(
            folder: folder, values: values.compact, config: group.config.compact, hasFolds: group.hasFolds)
        if let known = groups[key] { return known }
        let found = runs(in: folder).filter { found in
            found.values.isSame(inAnyOrder: values)
                && isFitting(found.config, group) { "\(found.figures.directory ?? folder) is left out: \($0)" }
        }
        var runs = found.map(\.figures)
        let before = earlier.groups.first { $0.isOf(folder, values) }
        let fate = found.isEmpty ? "left out" : "replaced"
        if let before, isFitting(before.config, group, misfit: { "what was kept of \(folder) is \(fate): \($0)" }) {
            runs = runs.map { run in
                before.repeats.first { $0.repeated == run.repeated }.map(run.filled) ?? run
            }
            let known = Set(runs.map(\.repeated))
            runs += before.repeats.filter { !known.contains($0.repeated) }
        }
        runs.sort { $0.repeated < $1.repeated }
        groups[key] = runs
        if !runs.isEmpty, !read.contains(where: { $0.isOf(folder, values) }),
            let config = found.last.map({ KeptGroup.trained(by: $0.config) }) ?? before?.config
        {
            read.append(KeptGroup(runs: folder, settings: values, config: config, repeats: runs))
        }
        return runs
    }

    /// Everything that was read, and whatever was kept before and not asked for.
    var kept: KeptFigures {
        KeptFigures(groups: read + earlier.groups.filter { old in !read.contains { $0.isOf(old.runs, old.settings) } })
    }

    /// Whether this is the group's experiment; if not, that is noted.
    private mutating func isFitting(
        _ config: JSON, _ group: PlannedConfig.Group, misfit: (_ difference: String) -> String
    ) -> Bool {
        guard let difference = group.difference(in: config) else { return true }
        let misfit = misfit(difference)
        if !misfits.contains(misfit) { misfits.append(misfit) }
        return false
    }

    private mutating func runs(in folder: String) -> [Found] {
        if let known = directories[folder] { return known }
        let directory = join(root, folder)
        let asked = asked[folder] ?? []
        var found: [Found] = []
        if FileManager.default.fileExists(atPath: directory) {
            let reader = RunReader([directory])
            errors += reader.errors
            if let sweep = reader.sweeps.first {
                found = zip(sweep.runs, sweep.trials).map { run, trial in
                    Found(
                        config: run.config, values: JSON(.object(trial.setting)),
                        figures: RunFigures(of: run, trial.repeated, asked: asked))
                }
            } else if !RunReader.isSweep(directory) {
                found = reader.runs.filter { $0.state != .unfinished }.map { run in
                    let seed = run.config["seed"].flatMap { try? Int(from: $0) }
                    return Found(
                        config: run.config, values: [:],
                        figures: RunFigures(of: run, TrialResult.Repeat(seed: seed), asked: asked))
                }
            }
        }
        directories[folder] = found
        return found
    }
}

extension TrialResult.Repeat: Comparable {
    static func < (a: Self, b: Self) -> Bool { (a.seed ?? -1, a.fold ?? -1) < (b.seed ?? -1, b.fold ?? -1) }
}
