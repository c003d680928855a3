import Foundation
import Schema

@testable import Experiments

/// A folder of configs, a file of reports about them, and a folder for their runs, gone when the test has ended.
final class SampleReports {
    let runs: SampleRuns
    let folder = NSTemporaryDirectory() + "mnist-lab-reports-\(UUID().uuidString)"

    /// `plain` trains what sample runs do by default, `swept` varies its batch size.
    init() throws {
        runs = try SampleRuns()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write(Self.config, to: "plain")
        var swept = Self.config
        swept["sweep"] = ["grid": ["training.batch_size": [64, 128]], "repeats": 3]
        try write(swept, to: "swept")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static var config: JSON {
        var config = SampleRuns.config()
        config["training"]?["optimizer"] = ["type": "Adam", "learning_rate": 0.001]
        return config
    }

    func write(_ config: JSON, to name: String) throws {
        try config.pretty.write(toFile: "\(folder)/\(name).json", atomically: false, encoding: .utf8)
    }

    /// The plan that a text leads to; or everything that is wrong with it.
    func plan(_ text: String) throws -> ReportPlan {
        try ReportPlan(Array(text.utf8), file: "r.jsonc", folder: folder)
    }

    /// A study with rows and claims, which begin in the second line.
    func plan(rows: String, claims: String = "", at: String = "last") throws -> ReportPlan {
        try plan(
            """
            { "title": "T", "studies": [{ "name": "S", "tolerance": 0.004, "at": "\(at)", "rows": [
            \(rows)
            ], "claims": [\(claims)] }] }
            """)
    }

    func results(_ plan: ReportPlan, kept: KeptFigures = KeptFigures()) -> ReportResults {
        ReportResults(plan, runs: runs.path, kept: kept)
    }

    /// Three seeds for each batch size, with these accuracies on the test images.
    func addSweep(_ figures: [Int: [Double]], to name: String = "swept") throws {
        let trials = figures.sorted { $0.key < $1.key }.flatMap { size, figures in
            figures.enumerated().map { seed, test in
                (values: [JSON.Member("training.batch_size", JSON(size))], seed: seed, test: test)
            }
        }
        try runs.addSweep(name, trials)
        for (index, trial) in trials.enumerated() {
            let config = SampleRuns.config([
                (["seed"], JSON(trial.seed)), (["training", "batch_size"], trial.values[0].value),
            ])
            try runs.write(config.pretty, "\(name)/trials/t\(index)", .config)
        }
    }
}
