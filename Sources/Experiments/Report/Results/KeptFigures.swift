import Reporting
import Schema

/// The figures that a page of reports rests on, run by run, so that it can be written again when the runs are gone.
package struct KeptFigures: Described {
    /// Those of the page first, in its order.
    var groups: [KeptGroup] = []

    package init() {}

    init(groups: [KeptGroup]) { self.groups = groups }

    package static let name = "kept figures"
    package static let summary = "The figures of runs that a report was written from."
    package static var fields: [Field<KeptFigures>] {
        [.required("groups", \.groups, "repeats of one experiment each")]
    }

    /// What an earlier report has kept; nothing where there is no such file yet.
    package init(reading path: String) throws {
        self.init()
        guard let bytes = try readFileIfThere(path, atMost: JSON.largestText) else { return }
        do throws(Problems) {
            self = try KeptFigures(from: JSON(parsing: bytes))
        } catch {
            var problems = error
            problems.file = displayable(path)
            throw problems
        }
    }

    /// Whether nothing is kept yet.
    package var isEmpty: Bool { groups.isEmpty }

    package func check(at place: Place, _ problems: inout Problems) {
        for index in groups.indices {
            let (group, place) = (groups[index], place["groups"]?[index] ?? place)
            if groups[..<index].contains(where: { $0.isOf(group.runs, group.settings) }) {
                problems.append(place.problem("a group before it is the same", remedy: "leave one of them out"))
            }
            if Set(group.repeats.map(\.repeated)).count < group.repeats.count {
                problems.append(
                    place.problem(at: "repeats", "two of them have the same seed", remedy: "leave one of them out"))
            }
            if group.config["model"] == nil { problems.append(place.problem(at: "config", "missing key \"model\"")) }
        }
    }

    /// A document with a line for each run, so that versions can be compared line by line.
    package var text: String {
        let groups = groups.map { group in
            let head = group.json.members?.filter { $0.key != "repeats" } ?? []
            let repeats = group.repeats.map(\.json.withoutNulls.compact).joined(separator: ",\n")
            return "\(JSON(.object(head)).compact.dropLast()),\"repeats\":[\n\(repeats)\n]}"
        }
        return "{\"groups\":[\n\(groups.joined(separator: ",\n"))\n]}\n"
    }
}

extension JSON {
    /// An object without what it leaves open.
    fileprivate var withoutNulls: JSON { JSON(.object(members?.filter { $0.value != nil } ?? [])) }
}

/// Repeats of one experiment.
struct KeptGroup: Described {
    /// The folder of the runs, below that of all runs.
    var runs = ""
    /// What varies within the sweep, by its path: an object.
    var settings: JSON = [:]
    /// What was trained.
    var config: JSON = [:]
    /// Each of them, in the order of seeds and folds.
    var repeats: [RunFigures] = []

    static let name = "kept group"
    static let summary = "Repeats of one experiment."
    static var fields: [Field<KeptGroup>] {
        [
            .required("runs", \.runs, "the folder of the runs, below that of all runs"),
            .required("settings", \.settings, "what varies within the sweep, by its path"),
            .required("config", \.config, "what was trained"),
            .required("repeats", \.repeats, "the runs"),
        ]
    }

    /// Whether it holds the runs of this folder with these settings, in whatever order they are named.
    func isOf(_ folder: String, _ values: JSON) -> Bool { runs == folder && settings.isSame(inAnyOrder: values) }

    /// The parts of a config that say what is trained, without places on this machine.
    static func trained(by config: JSON) -> JSON {
        let parts = ["dataset", "model", "training"].compactMap { key in
            config[key].map { JSON.Member(key, $0.withoutPaths) }
        }
        return JSON(.object(parts))
    }
}

extension JSON {
    /// Without members that are absolute paths; a comparison passes over what only one side has.
    fileprivate var withoutPaths: JSON {
        if let members {
            let others = members.filter { $0.value.text?.hasPrefix("/") != true }
            return JSON(.object(others.map { Member($0.key, $0.value.withoutPaths) }))
        }
        return elements.map { JSON(.array($0.map(\.withoutPaths))) } ?? self
    }

    /// Whether two objects have the same members.
    func isSame(inAnyOrder other: JSON) -> Bool {
        guard let members, let others = other.members, members.count == others.count else { return false }
        return members.allSatisfy { member in
            others.contains { $0.key == member.key && $0.value.isSame(as: member.value) }
        }
    }
}

extension RunFigures: Described {
    static let name = "kept run"
    static let summary = "The figures of one run."
    static var fields: [Field<RunFigures>] {
        [
            .optional("seed", \.repeated.seed, "what its random numbers began with"),
            .optional("fold", \.repeated.fold, "which part of the training images validated"),
            .required("epochs", \.epochs, in: 0..., "how many were run"),
            .optional("parameters", \.parameters, in: 0...ReportedRow.mostParameters, "how many there are"),
            .optional(
                "trainable", \.circumstances.trainable, in: 0...ReportedRow.mostParameters,
                "how many of them are learned"),
            .optional("threads", \.circumstances.threads, "how many it computed with"),
            .optional("seconds", \.circumstances.medianSeconds, "of its median epoch"),
            .optional("machine", \.circumstances.machine, "what it ran on"),
            .required("figures", \.values, as: .figures, "by their names, those of one epoch with it"),
        ]
    }
}

extension RunCircumstances.Machine: Described {
    package init() { self.init(cpu: "", version: "") }

    package static let name = "machine"
    package static let summary = "What times depend on."
    package static var fields: [Field<RunCircumstances.Machine>] {
        [
            .required("cpu", \.cpu, "the processor's name"),
            .optional("cores", \.cores, "how many"),
            .required("version", \.version, "of the tool"),
        ]
    }
}

extension Format<[Figure: Double]> {
    /// An object with a number for each figure; null for one that is no number.
    fileprivate static var figures: Format {
        let expectation = "an object with a number for each figure, such as \"val_accuracy@last\""
        return Format(
            expecting: expectation,
            schema: { _ in ["type": "object", "additionalProperties": ["type": ["number", "null"]]] },
            read: { place, problems in
                guard let members = place.json.members else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                var figures: [Figure: Double] = [:]
                for member in members {
                    let place = Place(member.value, path: .key(member.key, of: place.path))
                    do throws(Figure.Fault) {
                        let figure = try Figure(parsing: member.key)
                        let value = Double?.format.read(place, &problems)
                        figures[figure] = value.map { $0 ?? .nan }
                    } catch {
                        problems.append(place.problem(error.message, remedy: error.remedy))
                    }
                }
                return figures
            },
            write: { figures in
                let members = figures.map { JSON.Member($0.name, JSON($1)) }
                return JSON(.object(members.sorted { $0.key < $1.key }))
            })
    }
}
