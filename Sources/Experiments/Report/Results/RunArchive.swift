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

    /// Where a group's runs lie, and what varies in it.
    private struct Key: Hashable {
        let folder: String
        let values: String
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
    /// What was left out for being another experiment.
    private(set) var misfits: [String] = []

    /// Runs of a folder are asked for these figures.
    init(_ root: String, asked: [String: Set<Figure>], kept: KeptFigures = KeptFigures()) {
        self.root = root
        self.asked = asked
        earlier = kept
    }

    /// The finished repeats of a group among the runs of a folder, in the order of seeds and folds; a kept one gives way to a
    /// run with its seed and fold, unless that one's curves cannot be read.
    mutating func runs(of group: PlannedConfig.Group, in folder: String) -> [RunFigures] {
        let values = JSON(.object(group.values))
        let key = Key(folder: folder, values: values.compact)
        if let known = groups[key] { return known }
        let found = runs(in: folder).filter { found in
            found.values.hasMembers(of: values) && isFitting(found.config, group, found.figures.directory ?? folder)
        }
        let before = earlier.groups.first { $0.runs == folder && $0.settings.hasMembers(of: values) }
        var runs = found.map(\.figures)
        if let before, isFitting(before.config, group, "what was kept of \(folder)") {
            let known = Set(runs.filter { $0.epochs > 0 }.map(\.repeated))
            let others = before.repeats.filter { !known.contains($0.repeated) }
            let replaced = Set(others.map(\.repeated))
            runs = runs.filter { !replaced.contains($0.repeated) } + others
        }
        runs.sort { $0.repeated < $1.repeated }
        groups[key] = runs
        if let config = found.last?.config ?? before?.config, !runs.isEmpty {
            read.append(
                KeptGroup(runs: folder, settings: values, config: KeptGroup.trained(by: config), repeats: runs))
        }
        return runs
    }

    /// Everything that was read, and whatever was kept before and not asked for.
    var kept: KeptFigures {
        let others = earlier.groups.filter { old in
            !read.contains { $0.runs == old.runs && $0.settings.hasMembers(of: old.settings) }
        }
        return KeptFigures(groups: read + others)
    }

    /// Whether this is the group's experiment, and so no misfit.
    private mutating func isFitting(_ config: JSON, _ group: PlannedConfig.Group, _ name: String) -> Bool {
        guard let difference = group.difference(in: config) else { return true }
        misfits.append("\(name) is left out: \(difference)")
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
            } else {
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

extension JSON {
    /// Whether two objects say the same, in whatever order.
    fileprivate func hasMembers(of other: JSON) -> Bool {
        guard let members, let others = other.members, members.count == others.count else { return false }
        return members.allSatisfy { member in
            others.contains { $0.key == member.key && $0.value.isSame(as: member.value) }
        }
    }
}

extension TrialResult.Repeat: Comparable {
    static func < (a: Self, b: Self) -> Bool { (a.seed ?? -1, a.fold ?? -1) < (b.seed ?? -1, b.fold ?? -1) }
}
