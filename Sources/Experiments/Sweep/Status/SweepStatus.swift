import Foundation
import Reporting
import Schema

/// How far a sweep is, read from its files alone, so that it is the same from every machine that sees them.
package struct SweepStatus: Sendable {
    /// A trial that a process has claimed.
    package struct Running: Sendable {
        package let trial: SweepTrial
        /// Epochs done.
        package let epoch: Int
        /// Nil before the trial has written its config.
        package let epochs: Int?
        /// Nil while the claim is being written.
        package let claimant: Claimant?
        /// Seconds since the last sign of life.
        package let silence: Double
        /// Whether its process counts as dead: silent for the whole lease, or its job has ended.
        package let isLost: Bool
    }

    package let name: String
    package let directory: String
    package let total: Int
    package let finished: Int
    /// By halving.
    package let stopped: Int
    package let failed: [(trial: SweepTrial, reason: String)]
    /// In the order of the plan.
    package let running: [Running]
    /// What Slurm still has to do for the sweep; nil where it cannot be asked, or never was.
    package let queue: [Slurm.Queued]?
    /// If as many trials run as now; nil while nothing can be said.
    package let secondsLeft: Double?

    /// Trials that nobody has, and that are not done.
    package var missing: Int {
        total - finished - stopped - failed.count - running.count { !$0.isLost }
    }

    /// Reads the directory; `queue` is what Slurm has said.
    package init(in directory: String, queue: [Slurm.Queued]? = nil) throws {
        let record = try SweepRecord(in: directory)
        // Of other jobs nothing is known.
        let arrays = queue == nil ? [] : Set(try SlurmJobs(in: directory).submissions.map(\.array))
        func folder(_ trial: SweepTrial) -> String { "\(directory)/trials/\(trial.name)" }
        let results = try SweepResults(record) { TrialState(of: $0, in: folder($0)) }
        var failed: [(trial: SweepTrial, reason: String)] = []
        var running: [Running] = []
        var pace = Pace()
        for row in results.rows {
            let times = TrialTimes(in: folder(row.trial), longest: record.epochs)
            pace.add(times, isOpen: row.standing == .unfinished)
            switch row.standing {
            case .finished, .stopped: continue
            case .failed, .unfinished:
                if let claim = SavedClaim(in: folder(row.trial)) {
                    let job = claim.claimant?.job
                    let isOurs = job.map { arrays.contains(String($0.prefix { $0 != "_" })) } ?? false
                    let isActive = queue?.contains { $0.job.name == job && $0.state != "PENDING" } ?? true
                    running.append(Running(row.trial, claim, times, hasEnded: isOurs && !isActive))
                } else if case .failed(let reason) = row.standing {
                    failed.append((row.trial, reason))
                }
            }
        }
        name = record.name
        self.directory = directory
        total = results.rows.count
        finished = results.rows.count { $0.standing == .finished }
        stopped = results.rows.count { $0.standing == .stopped }
        self.failed = failed
        self.running = running
        self.queue = queue
        secondsLeft = pace.secondsLeft(with: running.count { !$0.isLost })
    }
}

extension SweepStatus.Running {
    fileprivate init(_ trial: SweepTrial, _ claim: SavedClaim, _ times: TrialTimes, hasEnded: Bool) {
        self.trial = trial
        epoch = times.epochs.count
        epochs = times.config
        claimant = claim.claimant
        silence = claim.silence
        isLost = claim.silence > claim.lease || hasEnded
    }
}

/// The epochs of a trial, as its files tell of them.
private struct TrialTimes {
    /// The seconds of each that is done.
    let epochs: [Double]
    /// How many there are by its config, if it has begun.
    let config: Int?
    /// How many there are at most.
    let most: Int

    init(in folder: String, longest: Int) {
        let text = try? readFile("\(folder)/\(RunFile.timings.rawValue)")
        let table = text.flatMap { try? CSV(parsing: String(decoding: $0, as: UTF8.self)) }
        epochs = table.flatMap { try? $0.numbers(in: "seconds") } ?? []
        let json = (try? readFile("\(folder)/\(RunFile.config.rawValue)")).flatMap { try? JSON(parsing: $0) }
        config = json?["training"]?["epochs"].flatMap { try? Int(from: $0) }
        most = config ?? longest
    }
}

/// How fast trials have been, and what is left of them.
private struct Pace {
    private var seconds = 0.0
    private var epochs = 0
    private var epochsLeft = 0

    mutating func add(_ times: TrialTimes, isOpen: Bool) {
        seconds += times.epochs.reduce(0, +)
        epochs += times.epochs.count
        if isOpen { epochsLeft += max(0, times.most - times.epochs.count) }
    }

    func secondsLeft(with processes: Int) -> Double? {
        guard epochs > 0, processes > 0 else { return epochsLeft == 0 ? 0 : nil }
        return seconds / Double(epochs) * Double(epochsLeft) / Double(processes)
    }
}
