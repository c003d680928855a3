/// How far a sweep is, read from its files, so that it is the same from every machine that sees them; but that a process has gone
/// is seen at once on its own machine alone.
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
        /// Whether its process counts as dead: gone, silent for the whole lease, or its job has ended.
        package let isLost: Bool
    }

    package let name: String
    package let directory: String
    package let total: Int
    package let finished: Int
    /// By halving.
    package let stopped: Int
    /// Repeats without which means are known well enough.
    package let unneeded: Int
    package let failed: [(trial: SweepTrial, reason: String)]
    /// In the order of the plan.
    package let running: [Running]
    /// What Slurm still has to do for the sweep; nil where it cannot be asked, or never was.
    package let queue: [Slurm.Queued]?
    /// If as many trials run as now; nil while nothing can be said.
    package let secondsLeft: Double?

    /// Trials that nobody has, and that are not done.
    package var missing: Int {
        total - finished - stopped - unneeded - failed.count - running.count { !$0.isLost }
    }

    /// Reads the directory; `queue` is what Slurm has said.
    package init(in directory: String, queue: [Slurm.Queued]? = nil) throws {
        let record = try SweepRecord(in: directory)
        let arrays = queue == nil ? [] : Set(try SlurmJobs(in: directory).submissions.map(\.array))
        // Of jobs that are not the sweep's own nothing is known.
        func hasEnded(_ job: String?) -> Bool {
            guard let queue, let job, arrays.contains(String(job.prefix { $0 != "_" })) else { return false }
            return !queue.contains { $0.job.name == job && $0.state != "PENDING" }
        }
        func folder(_ trial: SweepTrial) -> String { "\(directory)/trials/\(trial.name)" }
        let results = try SweepResults(record) { try TrialState(of: $0, in: folder($0)) }
        var failed: [(trial: SweepTrial, reason: String)] = []
        var running: [Running] = []
        var pace = Pace()
        for row in results.rows {
            let times = TrialTimes(in: folder(row.trial), longest: record.epochs)
            pace.add(times, isOpen: row.standing == .unfinished)
            switch row.standing {
            case .finished, .stopped, .unneeded: continue
            case .failed(let reason):
                // It may be tried once more; a claim of a process before that one is no sign of it.
                if let claim = SavedClaim(in: folder(row.trial)), claim.isAlive() {
                    running.append(Running(row.trial, claim, times, hasEnded: hasEnded(claim.claimant?.job)))
                } else {
                    failed.append((row.trial, reason))
                }
            case .unfinished:
                guard let claim = SavedClaim(in: folder(row.trial)) else { continue }
                running.append(Running(row.trial, claim, times, hasEnded: hasEnded(claim.claimant?.job)))
            }
        }
        name = record.name
        self.directory = directory
        total = results.rows.count
        finished = results.rows.count { $0.standing == .finished }
        stopped = results.rows.count { $0.standing == .stopped }
        unneeded = results.rows.count { $0.standing == .unneeded }
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
        silence = claim.silence()
        isLost = !claim.isAlive() || hasEnded
    }
}
