import Reporting
import Schema

/// What `sweep.json` holds: all that is needed to make the tables from whatever trials are there.
package struct SweepRecord: Sendable, Equatable {
    /// The experiment's.
    package let name: String
    /// The config with every default written out, its sweep and expectations included.
    let config: JSON
    /// In their order.
    package let trials: [SweepTrial]
    /// Of the longest trial: halving's decisions depend on it.
    let epochs: Int

    /// Of a plan whose trials are identified.
    package init(_ plan: SweepPlan) {
        name = plan.base.config.name
        config = plan.base.config.json
        trials = plan.trials.map(\.trial)
        epochs = plan.epochs
    }

    /// Reads the file of a sweep's directory.
    package init(in directory: String) throws {
        let path = "\(directory)/\(SweepFile.record.rawValue)"
        var problems = Problems()
        let json: JSON
        do { json = try JSON(parsing: readFile(path, atMost: .max - 1)) } catch let error as Problems {
            problems = error
            problems.file = path
            throw problems
        }
        let place = Place(json)
        name = json["name"]?.text ?? ""
        config = json["config"] ?? nil
        epochs = json["epochs"].flatMap { try? Int(from: $0) } ?? 0
        var trials: [SweepTrial] = []
        for index in (json["trials"]?.elements ?? []).indices {
            if let place = place["trials"]?[index] { trials.append(SweepTrial(from: place, &problems)) }
        }
        self.trials = trials
        if trials.isEmpty { problems.append(Problem("there are no trials", path: "trials")) }
        problems.file = path
        guard problems.isEmpty else { throw problems }
    }

    /// What was asked for.
    package func settings() throws(Problems) -> ExperimentConfig { try ExperimentConfig(from: config) }

    /// The document.
    var json: JSON {
        [
            "name": JSON(name), "result_version": JSON(resultVersion), "epochs": JSON(epochs), "config": config,
            "trials": JSON(.array(trials.map(\.json))),
        ]
    }
}

/// The files of a sweep's directory.
package enum SweepFile: String, CaseIterable, Sendable {
    /// What was planned.
    case record = "sweep.json"
    /// A row a trial.
    case trials = "trials.csv"
    /// A row for each combination of values.
    case summary = "summary.csv"
}
