import Reporting
import Schema

/// The content of `sweep.json`: everything needed to make the tables from whatever trials exist.
package struct SweepRecord: Sendable, Equatable {
    /// The experiment's name.
    package let name: String
    /// The config with every default written out, its sweep and expectations included.
    let config: JSON
    /// In the order of the plan.
    package let trials: [SweepTrial]
    /// The epochs of the longest trial, on which halving's decisions depend.
    let epochs: Int
    /// Whether any trial has images to be validated with.
    let validates: Bool
    /// Whether those of any trial are the test images.
    let validatesOnTest: Bool

    /// The record of a plan whose trials have their digests.
    package init(_ plan: SweepPlan) {
        name = plan.base.config.name
        config = plan.base.config.json
        trials = plan.trials.map(\.trial)
        epochs = plan.epochs
        validates = plan.validates
        validatesOnTest = plan.trials.contains { $0.config.config.dataset.validation == .test }
    }

    /// Reads `sweep.json` in a sweep's directory.
    package init(in directory: String) throws {
        let path = "\(directory)/\(SweepFile.record.rawValue)"
        var problems = Problems()
        let json: JSON
        do { json = try JSON(parsing: readFile(path, atMost: .max - 1)) } catch let error as Problems {
            throw DamagedSweep(error, of: path)
        }
        let place = Place(json)
        name = json["name"]?.text ?? ""
        config = json["config"] ?? nil
        epochs = json["epochs"].flatMap { try? Int(from: $0) } ?? 0
        let said = json["validates"].flatMap { try? Bool(from: $0) }
        validates = said ?? (config["dataset"]?["validation"].map { !$0.isNull } ?? false)
        let saidOfTest = json["validates_on_test"].flatMap { try? Bool(from: $0) }
        validatesOnTest = saidOfTest ?? (config["dataset"]?["validation"]?["use"]?.text == "test")
        var trials: [SweepTrial] = []
        for index in (json["trials"]?.elements ?? []).indices {
            if let place = place["trials"]?[index] { trials.append(SweepTrial(from: place, &problems)) }
        }
        self.trials = trials
        if trials.isEmpty { problems.append(Problem("there are no trials", path: "trials")) }
        guard problems.isEmpty else { throw DamagedSweep(problems, of: path) }
    }

    /// The sweep's config.
    package func settings() throws(Problems) -> ExperimentConfig { try ExperimentConfig(from: config) }

    /// Whether processes with the one and with the other may train together: the same trials, and the same rules for which of
    /// them are trained to the end.
    func isSameWork(as other: SweepRecord) -> Bool {
        func rule(_ name: String, _ record: SweepRecord) -> JSON { record.config["sweep"]?[name] ?? nil }
        return trials == other.trials && ["until", "halving"].allSatisfy { rule($0, self).isSame(as: rule($0, other)) }
    }

    /// The content of `sweep.json`.
    var json: JSON {
        [
            "name": JSON(name), "result_version": JSON(resultVersion), "epochs": JSON(epochs),
            "validates": JSON(validates), "validates_on_test": JSON(validatesOnTest), "config": config,
            "trials": JSON(.array(trials.map(\.json))),
        ]
    }
}

/// A sweep whose record is broken: a file to be mended, and no config.
package struct DamagedSweep: Error, Sendable, CustomStringConvertible {
    package let problems: Problems

    init(_ problems: Problems, of path: String) {
        var problems = problems.advising("run the sweep again, which repeats no finished trial, for a whole one")
        problems.file = path
        self.problems = problems
    }

    package var description: String { problems.rendered() }
}

extension Problems {
    /// The same with a remedy for those that have none.
    fileprivate func advising(_ remedy: String) -> Problems {
        var advised = Problems()
        for var problem in list {
            problem.remedy = problem.remedy ?? remedy
            advised.append(problem)
        }
        return advised
    }
}

/// The files of a sweep's directory.
package enum SweepFile: String, CaseIterable, Sendable {
    /// The plan.
    case record = "sweep.json"
    /// One row per trial.
    case trials = "trials.csv"
    /// One row per combination of values.
    case summary = "summary.csv"
    /// What came of the trials, as a picture.
    case picture = "sweep.svg"
    /// Everything about the sweep, for people.
    case page = "report.html"
}
