import Foundation
import Training

/// Runs a sweep's trials in parallel until none is left for this process.
///
/// The state of a trial is read from its folder and nowhere else, so it does not matter which process ran it, or when.
package final class SweepRunner {
    package struct Options: Sendable {
        /// For this process alone; other processes have their own.
        package var shares: Shares
        /// Nil for all trials.
        package var shard: Shard?
        /// Whether the first failure ends the sweep.
        package var failsFast = false
        /// Whether trials draw their curves.
        package var hasPictures = true
        /// Whether trials write events for TensorBoard.
        package var hasTensorBoard = false
        /// The tool's version, for the trials' `run.json`.
        package var version: String
        /// The command line, for the trials' `run.json`.
        package var command: [String]

        /// Everything that changes how trials are run and nothing of what comes out.
        package init(
            shares: Shares, shard: Shard? = nil, failsFast: Bool = false, hasPictures: Bool = true,
            hasTensorBoard: Bool = false, version: String, command: [String] = []
        ) {
            self.shares = shares
            self.shard = shard
            self.failsFast = failsFast
            self.hasPictures = hasPictures
            self.hasTensorBoard = hasTensorBoard
            self.version = version
            self.command = command
        }
    }

    let plan: SweepPlan
    let costs: [TrialCost]
    private let directory: SweepDirectory
    private let data: SharedData
    let options: Options
    /// Of memory, without what all trials share.
    private let shares: Shares
    let board = SweepBoard()
    private let observer: any SweepObserver

    /// As last read.
    private(set) var states: [TrialState]
    /// Failures of earlier processes are tried again once: of those, the number of attempts before.
    private var oldAttempts: [Int: Int] = [:]
    private(set) var running: [Int: (threads: Int, bytes: Int)] = [:]
    /// Trials that other processes have, and when they are worth another look.
    private var taken: [Int: ContinuousClock.Instant] = [:]
    private let clock = ContinuousClock()
    private var lastLook: ContinuousClock.Instant
    private var lastTick: ContinuousClock.Instant
    private var hasFailed = false

    /// Reads the state of every trial.
    package init(
        _ plan: SweepPlan, costs: [TrialCost], in directory: SweepDirectory, data: SharedData, options: Options,
        observer: any SweepObserver
    ) {
        self.plan = plan
        self.costs = costs
        self.directory = directory
        self.data = data
        self.options = options
        shares = options.shares.besides(costs)
        self.observer = observer
        states = plan.trials.map { TrialState(of: $0.trial, in: directory.folder(of: $0.trial)) }
        lastLook = clock.now
        lastTick = clock.now
        for index in states.indices where states[index].failure != nil { oldAttempts[index] = states[index].attempts }
    }

    /// Runs until all of this process's trials are done; returns false if it was asked to stop before.
    package func run(shouldStop: () -> Bool) -> Bool {
        while true {
            for (index, ending) in board.takeEndings() { end(index, ending) }
            let isStopping = shouldStop() || options.failsFast && hasFailed
            if isStopping { board.stop() }
            let waiting = waitingTrials()
            let hasStarted = !isStopping && start(waiting)
            if hasStarted || running.isEmpty || clock.now - lastTick > .milliseconds(100) {
                lastTick = clock.now
                observer.receive(.tick(snapshot()))
            }
            if running.isEmpty, isStopping || waiting.isEmpty { return !shouldStop() }
            board.wait(milliseconds: 100)
            if clock.now - lastLook > .milliseconds(300) { lookAgain() }
        }
    }

    /// What other processes have done since with trials that they have.
    private func lookAgain() {
        lastLook = clock.now
        for index in taken.keys where running[index] == nil { read(index) }
    }

    private func read(_ index: Int) {
        let trial = plan.trials[index].trial
        states[index] = TrialState(of: trial, in: directory.folder(of: trial))
    }

    /// The state of a trial, in which failures from before this process began do not count.
    func effective(_ index: Int) -> TrialState {
        let state = states[index]
        guard let attempts = oldAttempts[index], state.failure != nil, state.attempts <= attempts else { return state }
        return TrialState(history: state.history, test: state.test, failure: nil, attempts: state.attempts)
    }

    /// This process's trials that are neither running nor done, each with the epoch up to which it may be trained.
    private func waitingTrials() -> [(index: Int, epochs: Int?, isOthers: Bool)] {
        let states = states.indices.map(effective)
        let targets = plan.course(of: states).targets
        return states.indices.compactMap { index in
            guard options.shard?.contains(index) ?? true, running[index] == nil, !states[index].isFinished,
                states[index].failure == nil
            else { return nil }
            let isOthers = taken[index].map { $0 > clock.now } ?? false
            switch targets[plan.trials[index].trial.group] {
            case .stopped: return nil
            case .end: return (index, nil, isOthers)
            case .epochs(let epochs) where states[index].history.count >= epochs: return nil
            case .epochs(let epochs): return (index, epochs, isOthers)
            }
        }
    }

    /// Starts as many trials as the machine has room for; returns false if that is none.
    private func start(_ waiting: [(index: Int, epochs: Int?, isOthers: Bool)]) -> Bool {
        let before = running.count
        var left = waiting.count { !$0.isOthers }
        for (index, epochs, isOthers) in waiting where !isOthers {
            let cost = costs[index]
            let threads = shares.threads(for: cost, beside: Array(running.values), waiting: left)
            guard let threads else { continue }
            left -= 1
            running[index] = (threads, cost.ownBytes)
            let runner = TrialRunner(
                planned: plan.trials[index], folder: directory.folder(of: plan.trials[index].trial), data: data,
                threads: threads, epochs: epochs, hasPictures: options.hasPictures,
                hasTensorBoard: options.hasTensorBoard, version: options.version, command: options.command)
            let board = board
            let thread = Thread {
                board.end(index, runner.run(shouldStop: { board.shouldStop }, progress: { board.note($0, of: index) }))
            }
            // Graphs of a thousand layers are walked recursively.
            thread.stackSize = 64 << 20
            thread.start()
        }
        return running.count > before
    }

    private func end(_ index: Int, _ ending: TrialEnding) {
        running[index] = nil
        taken[index] = nil
        read(index)
        switch ending {
        case .taken:
            taken[index] = clock.now + .milliseconds(300)
            return
        case .failed(let reason):
            hasFailed = true
            // Even where the folder could not be written, the trial is not begun again and again.
            if states[index].failure == nil {
                states[index] = TrialState(history: [], test: nil, failure: reason, attempts: .max)
            }
            oldAttempts[index] = nil
        case .finished, .foundFinished, .paused, .stopped: break
        }
        observer.receive(.ended(plan.trials[index].trial, ending, states[index]))
    }
}

extension SweepPlan {
    /// Of the longest trial.
    var epochs: Int { trials.map(\.config.config.training.epochs).max() ?? 0 }

    /// The trials that continue, given the state of all.
    func course(of states: [TrialState]) -> HalvingCourse {
        var groups = [[TrialState]](repeating: [], count: (trials.last?.trial.group ?? 0) + 1)
        for (planned, state) in zip(trials, states) { groups[planned.trial.group].append(state) }
        return HalvingCourse(settings.halving, epochs: epochs, groups: groups)
    }
}
