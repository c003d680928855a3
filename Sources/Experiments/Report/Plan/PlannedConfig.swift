import Layers
import Schema

/// A config as far as its runs can be told by it: the groups of its sweep, or the one that it is without.
struct PlannedConfig: Sendable {
    /// Repeats of one setting.
    struct Group: Sendable {
        /// What varies within the sweep, by its path; empty where nothing does.
        let values: [JSON.Member]
        /// What each of them trains, but for its seed.
        let config: JSON
        /// Whether repeats differ in the images that validate, too.
        let hasFolds: Bool
    }

    /// In the order of the sweep.
    let groups: [Group]

    /// Resolves every combination of the config.
    init(_ document: ConfigDocument) throws(Problems) {
        let resolved = try document.resolved()
        guard let sweep = resolved.config.sweep else {
            groups = [Group(values: [], config: resolved.json, hasFolds: false)]
            return
        }
        let trials = try SweepPlan(of: document).trials
        var known: Set<Int> = []
        groups = trials.filter { known.insert($0.trial.group).inserted }.map { planned in
            let values = planned.trial.values.filter { !TrialResult.repeatPaths.contains($0.path) }
                .map { JSON.Member($0.path, $0.value) }
            return Group(values: values, config: planned.config.json, hasFolds: sweep.folds != nil)
        }
    }
}

extension PlannedConfig.Group {
    /// Where a run has been trained otherwise, in words; nil where it has not, and so is one of the group's.
    func difference(in run: JSON) -> String? {
        let keys = ["dataset", "model", "training"]
        return keys.lazy.compactMap { key in
            run[key].flatMap { run in config[key].flatMap { difference(run, $0, at: .key(key, of: .root)) } }
        }.first
    }

    /// Objects whose keys are no settings with defaults: another key is another meaning.
    private static func isWhole(_ path: Path) -> Bool {
        ["dataset.validation", "training.class_weight"].contains(path.description)
    }

    /// What only one of the two says is passed over: another version of the tool may have more settings or fewer.
    private func difference(_ run: JSON, _ planned: JSON, at path: Path) -> String? {
        if path.description == "dataset.path" || hasFolds && path.description == "dataset.validation" { return nil }
        if let members = run.members, planned.members != nil {
            // That a layer has its usual place is said by saying nothing.
            for key in PlacedLayer.keys.sorted() where run["type"] != nil && (run[key] == nil) != (planned[key] == nil)
            {
                return "\(Path.key(key, of: path)) is \(brief(run[key])) there and \(brief(planned[key])) in the config"
            }
            if Self.isWhole(path), Set(members.map(\.key)) != Set(planned.members?.map(\.key) ?? []) {
                return "\(path) is \(brief(run)) there and \(brief(planned)) in the config"
            }
            return members.lazy.compactMap { member in
                planned[member.key].flatMap { difference(member.value, $0, at: .key(member.key, of: path)) }
            }.first
        }
        if let elements = run.elements, let others = planned.elements, elements.count == others.count {
            return elements.indices.lazy.compactMap { index in
                let name = elements[index]["name"]?.text
                let isNamed = name != nil && name == others[index]["name"]?.text
                return difference(
                    elements[index], others[index],
                    at: isNamed ? .named(name ?? "", of: path) : .element(index, of: path))
            }.first
        }
        return run.isSame(as: planned) ? nil : "\(path) is \(brief(run)) there and \(brief(planned)) in the config"
    }
}
