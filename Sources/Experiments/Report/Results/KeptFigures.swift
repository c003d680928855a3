import Foundation
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
        guard FileManager.default.fileExists(atPath: path) else { return }
        let bytes = try readFile(path, atMost: JSON.largestText)
        do throws(Problems) {
            self = try KeptFigures(from: JSON(parsing: bytes))
        } catch {
            var problems = error
            problems.file = displayable(path)
            throw problems
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

    /// The parts of a config that say what is trained, without the place of its data.
    static func trained(by config: JSON) -> JSON {
        var dataset = config["dataset"]
        dataset?["path"] = nil
        let parts = [("dataset", dataset), ("model", config["model"]), ("training", config["training"])]
        return JSON(.object(parts.compactMap { key, part in part.map { JSON.Member(key, $0) } }))
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
            .optional("parameters", \.parameters, "how many there are"),
            .optional("trainable", \.circumstances.trainable, "how many of them are learned"),
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
