import Datasets
import Foundation
import Reporting
import Schema

@testable import Experiments

/// Small sweeps on digits that are drawn, each run in a folder of its own.
struct TinySweep {
    let plan: SweepPlan
    static let library = DataLibrary(fetch: nil)

    /// The config around a sweep; `training` holds what its trainings have besides epochs.
    static func text(_ sweep: String, epochs: Int = 2, _ training: String = "") -> String {
        """
        { "name": "tiny", "let": { "hidden": [4] },
          "dataset": { "name": "synthetic-digits", "train_limit": 60, "test_limit": 20, "validation": { "fraction": 0.5 } },
          "model": { "layers": [ { "type": "Flatten" },
            { "for_each": "$hidden", "as": "n", "layers": [{ "type": "Dense", "units": "$n", "activation": "relu" }] },
            { "type": "Dense", "units": 10, "activation": "softmax" } ] },
          "training": { "epochs": \(epochs), "optimizer": { "type": "SGD", "learning_rate": 0.01 }\(training) },
          "sweep": \(sweep) }
        """
    }

    init(_ sweep: String, epochs: Int = 2, set overrides: [String] = []) throws {
        let document = ConfigDocument(Array(Self.text(sweep, epochs: epochs).utf8), file: "c.json")
        var plan = try SweepPlan(of: document, with: overrides.map { try Override(parsing: $0) })
        try plan.identify(by: SharedData(library: Self.library))
        self.plan = plan
    }

    var names: [String] { plan.trials.map(\.trial.name) }

    /// Runs it as one process would; what comes back are the endings in their order.
    @discardableResult
    func run(
        in path: String, shares: Shares = Shares(jobs: 2, threads: 2), shard: String? = nil, failsFast: Bool = false,
        joining: Bool = false, claims: Claims = Claims(), hasTensorBoard: Bool = false,
        stoppingAfter count: Int = .max
    ) throws -> (log: SweepLog, results: SweepResults) {
        let log = SweepLog()
        let runner = try runner(
            in: path, shares: shares, shard: shard, failsFast: failsFast, joining: joining, claims: claims,
            hasTensorBoard: hasTensorBoard, observer: log)
        log.isThrough = runner.run { log.endings.count >= count }
        log.obstacle = runner.obstacle
        let directory = try SweepDirectory(path: path)
        let results = try SweepResults(SweepRecord(in: path), in: directory)
        try results.write(in: directory)
        return (log, results)
    }

    /// A process that has looked at the trials, and not begun.
    func runner(
        in path: String, shares: Shares = Shares(jobs: 2, threads: 2), shard: String? = nil, failsFast: Bool = false,
        joining: Bool = false, claims: Claims = Claims(), hasTensorBoard: Bool = false, observer log: SweepLog
    ) throws -> SweepRunner {
        let directory = try SweepDirectory(path: path)
        log.away = try directory.take(SweepRecord(plan))
        return try SweepRunner(
            plan, costs: try plan.costs(library: Self.library), in: directory, data: SharedData(library: Self.library),
            options: SweepRunner.Options(
                shares: shares, shard: shard.flatMap { Shard($0) }, failsFast: failsFast,
                leavesRestToOthers: joining, retriesFailures: !joining, claims: claims,
                hasTensorBoard: hasTensorBoard, version: "test"),
            observer: log)
    }
}

/// Remembers what a sweep told.
final class SweepLog: SweepObserver {
    var endings: [(name: String, ending: TrialEnding)] = []
    var epochs: [String] = []
    var isThrough = true
    var obstacle: String?
    var away = 0
    var most = 0
    var last = SweepSnapshot()

    func receive(_ event: SweepEvent) {
        switch event {
        case .ended(let trial, let ending, _): endings.append((trial.name, ending))
        case .epochEnded(let trial, let record, _): epochs.append("\(trial.name) \(record.epoch)")
        case .tick(let snapshot):
            last = snapshot
            most = max(most, snapshot.running.count)
        }
    }

    var finished: [String] { endings.filter { $0.ending == .finished }.map(\.name).sorted() }
}

func text(of file: String) throws -> String { String(decoding: try readFile(file), as: UTF8.self) }
