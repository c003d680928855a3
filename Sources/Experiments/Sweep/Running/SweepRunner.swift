import Foundation
import Machine
import Training

/// Runs a sweep's trials in parallel until none is left for this process.
///
/// The state of a trial is read from its folder and nowhere else, so it does not matter which process ran it, or when.
package final class SweepRunner {
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
    private var taken: [Int: (until: ContinuousClock.Instant, isAlive: Bool)] = [:]
    private let clock = ContinuousClock()
    private var lastLook: ContinuousClock.Instant
    private var lastTick: ContinuousClock.Instant
    /// Whether a trial has failed since this process began.
    package private(set) var hasFailed = false
    /// What keeps this machine from training, if anything does.
    package private(set) var obstacle: String?

    /// Reads the state of every trial.
    package init(
        _ plan: SweepPlan, costs: [TrialCost], in directory: SweepDirectory, data: SharedData, options: Options,
        observer: any SweepObserver
    ) throws {
        self.plan = plan
        self.costs = costs
        self.directory = directory
        self.data = data
        self.options = options
        shares = options.shares.besides(costs)
        self.observer = observer
        states = try plan.trials.map { try TrialState(of: $0.trial, in: directory.folder(of: $0.trial)) }
        lastLook = clock.now
        lastTick = clock.now
        for index in states.indices where options.retriesFailures && states[index].failure != nil {
            oldAttempts[index] = states[index].attempts
        }
        for (planned, state) in zip(plan.trials, states) where state.isFinished {
            directory.removeRemains(of: planned.trial)
        }
    }

    /// Runs until all of this process's trials are done; returns false if it was asked to stop, or cannot go on.
    package func run(shouldStop: () -> Bool) -> Bool {
        while true {
            let news = board.takeNews()
            for (index, record) in news.epochs {
                observer.receive(.epochEnded(plan.trials[index].trial, record, epochs: costs[index].epochs))
            }
            for (index, ending) in news.endings { end(index, ending) }
            let isStopping = shouldStop() || options.failsFast && hasFailed || obstacle != nil
            if isStopping { board.stop() }
            let waiting = waitingTrials()
            let hasStarted = !isStopping && start(waiting)
            if hasStarted || running.isEmpty || clock.now - lastTick > .milliseconds(100) {
                lastTick = clock.now
                observer.receive(.tick(snapshot()))
            }
            if running.isEmpty, isStopping || waiting.isEmpty || isLeft(waiting) {
                return !shouldStop() && obstacle == nil
            }
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
        do {
            states[index] = try TrialState(of: trial, in: directory.folder(of: trial))
        } catch {
            obstacle = obstacle ?? "\(error)"
        }
    }

    /// The state of a trial, in which failures from before this process began do not count.
    func effective(_ index: Int) -> TrialState {
        let state = states[index]
        guard isForgotten(index) else { return state }
        return TrialState(history: state.history, test: state.test, failure: nil, attempts: state.attempts)
    }

    private func isForgotten(_ index: Int) -> Bool {
        guard let attempts = oldAttempts[index], states[index].failure != nil else { return false }
        return states[index].attempts <= attempts
    }

    /// This process's trials that are neither running nor done, each with the epoch up to which it may be trained.
    private func waitingTrials() -> [(index: Int, epochs: Int?, isOthers: Bool)] {
        let states = states.indices.map(effective)
        let targets = plan.course(of: states).targets
        let needs = plan.repeats(given: states).needs
        return states.indices.compactMap { index in
            guard options.shard?.contains(index) ?? true, running[index] == nil, !states[index].isFinished,
                states[index].failure == nil, needs[index] == .needed
            else { return nil }
            let isOthers = taken[index].map { $0.until > clock.now } ?? false
            switch targets[plan.trials[index].trial.group] {
            case .stopped(let epochs):
                // Whoever makes the tables must not see a failure that did not count here, so the note is written anew.
                return isForgotten(index) ? (index, epochs, isOthers) : nil
            case .end: return (index, nil, isOthers)
            case .epochs(let epochs) where states[index].history.count >= epochs: return nil
            case .epochs(let epochs): return (index, epochs, isOthers)
            }
        }
    }

    /// Whether the remaining trials are in other hands, and those are known to be alive.
    private func isLeft(_ waiting: [(index: Int, epochs: Int?, isOthers: Bool)]) -> Bool {
        options.leavesRestToOthers && waiting.allSatisfy { $0.isOthers && taken[$0.index]?.isAlive == true }
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
                claims: options.claims, threads: threads, epochs: epochs, forgivenAttempts: oldAttempts[index] ?? 0,
                hasPictures: options.hasPictures, hasTensorBoard: options.hasTensorBoard, version: options.version,
                command: options.command)
            let board = board
            // Graphs of a thousand layers are walked recursively.
            let hasBegun = BackgroundThread.start(stackBytes: 64 << 20) {
                board.end(index, runner.run(shouldStop: { board.shouldStop }, progress: { board.note($0, of: index) }))
            }
            if !hasBegun { board.end(index, .unable(Self.noThread)) }
        }
        return running.count > before
    }

    private static let noThread =
        "no thread could be started: \(String(cString: strerror(EAGAIN))); raise the limit with ulimit -u"

    private func end(_ index: Int, _ ending: TrialEnding) {
        running[index] = nil
        taken[index] = nil
        read(index)
        switch ending {
        case .taken(let isAlive):
            taken[index] = (clock.now + .milliseconds(300), isAlive)
            return
        case .unable(let reason): obstacle = obstacle ?? reason
        case .failed, .foundFailed:
            hasFailed = true
            oldAttempts[index] = nil
        case .finished, .foundFinished, .paused, .stopped: break
        }
        observer.receive(.ended(plan.trials[index].trial, ending, states[index]))
    }
}

extension SweepPlan {
    /// Of the longest trial.
    var epochs: Int { trials.map(\.config.config.training.epochs).max() ?? 0 }

    /// The repeats that are needed, given the state of all trials.
    func repeats(given states: [TrialState]) -> RepeatCourse {
        RepeatCourse(
            settings.until, metric: metricOfPrecision, trials: trials.map(\.trial), states: states)
    }

    /// The trials that continue, given the state of all.
    func course(of states: [TrialState]) -> HalvingCourse {
        var groups = [[TrialState]](repeating: [], count: (trials.map(\.trial.group).max() ?? 0) + 1)
        for (planned, state) in zip(trials, states) { groups[planned.trial.group].append(state) }
        return HalvingCourse(settings.halving, epochs: epochs, groups: groups)
    }
}
