import Foundation
import Schema

@testable import Experiments

/// Run directories made by hand, gone when the test has ended.
final class SampleRuns {
    let path = NSTemporaryDirectory() + "mnist-lab-runs-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    static let layers: JSON = [
        ["type": "Conv2D", "filters": 32, "kernel_size": 3], ["type": "Flatten"], ["type": "Dense", "units": 10],
    ]

    static func config(_ changes: [(path: [String], value: JSON)] = []) -> JSON {
        var config: JSON = [
            "name": "sample", "description": "for tests",
            "dataset": ["name": "mnist", "path": nil, "validation": ["fraction": 0.1, "from": "end"]],
            "model": ["layers": layers],
            "training": [
                "epochs": 3, "batch_size": 128, "optimizer": ["type": "Adam", "learning_rate": 0.001, "beta_1": 0.9],
            ],
            "seed": 0, "expect": [:],
        ]
        for (path, value) in changes { config.set(value, at: path[...]) }
        return config
    }

    /// Writes a finished run and gives its directory.
    @discardableResult
    func add(
        _ name: String, _ changes: [(path: [String], value: JSON)] = [], test: Double = 0.97, testLoss: Double = 0.1,
        seconds: Double = 12.3
    ) throws -> String {
        let directory = "\(path)/\(name)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try write(Self.config(changes).pretty, name, .config)
        try write("{\"parameters\": {\"total\": 34826}}", name, .summary)
        try write(
            """
            epoch,accuracy,learning_rate,loss,val_accuracy,val_loss
            0,0.8,0.001,0.5,0.90,0.30
            1,0.9,0.001,0.4,0.96,0.10
            2,0.95,0.001,0.3,0.94,0.20

            """, name, .curves)
        try write("epoch,seconds,images_per_second\n0,4,1\n1,4.5,1\n2,3.8,1\n", name, .timings)
        try write(JSON(.object([.init("seconds", JSON(seconds))])).pretty, name, .provenance)
        try write(
            """
            {
              "epochs_run": 3, "stopped_early": false, "verdict": "passed",
              "test": { "loss": \(testLoss), "accuracy": \(test), "accuracy_standard_error": 0.0017, "images": 10000 }
            }
            """, name, .result)
        return directory
    }

    /// Writes a sweep with finished trials and gives its directory.
    @discardableResult
    func addSweep(
        _ name: String, _ trials: [(values: [JSON.Member], seed: Int, test: Double)]
    ) throws -> String {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)/trials", withIntermediateDirectories: true)
        let entries = try trials.enumerated().map { index, trial -> JSON in
            try add("\(name)/trials/t\(index)", [(["seed"], JSON(trial.seed))], test: trial.test)
            return [
                "name": JSON("t\(index)"), "digest": "0", "values": JSON(.object(trial.values)),
                "seed": JSON(trial.seed), "fold": nil,
            ]
        }
        let sweep: JSON = ["name": "sample", "config": Self.config(), "trials": JSON(.array(entries))]
        try sweep.pretty.write(toFile: "\(path)/\(name)/sweep.json", atomically: false, encoding: .utf8)
        return "\(path)/\(name)"
    }

    func write(_ text: String, _ name: String, _ file: RunFile) throws {
        try text.write(toFile: "\(path)/\(name)/\(file.rawValue)", atomically: false, encoding: .utf8)
    }

    func remove(_ name: String, _ file: RunFile) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)/\(file.rawValue)")
    }

    /// What a reader says of directories, each line without the folder that they lie in.
    func messages(_ reader: RunReader) -> [String] {
        reader.errors.map { error in
            let text = (error as? Problems)?.rendered() ?? "\(error)"
            return text.replacingOccurrences(of: path + "/", with: "")
        }
    }
}

extension JSON {
    /// Changes the value at the end of a way of keys.
    fileprivate mutating func set(_ value: JSON, at path: ArraySlice<String>) {
        guard let key = path.first else {
            self = value
            return
        }
        var inner = self[key] ?? [:]
        inner.set(value, at: path.dropFirst())
        self[key] = inner
    }
}
