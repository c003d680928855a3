import Training

extension SweepRunner {
    /// The progress of this process's part of the sweep.
    func snapshot() -> SweepSnapshot {
        var result = SweepSnapshot()
        let states = states.indices.map(effective)
        let targets = plan.course(of: states).targets
        let needs = plan.repeats(given: states).needs
        let steps = board.steps
        result.metric = plan.settings.halving?.metric ?? .validationAccuracy
        var work = 0.0
        var done = 0.0
        for (index, planned) in plan.trials.enumerated() where options.shard?.contains(index) ?? true {
            guard needs[index] != .unneeded else { continue }
            let (state, cost) = (states[index], costs[index])
            result.total += 1
            var isStopped = false
            if case .stopped = targets[planned.trial.group] { isStopped = true }
            if state.failure != nil { result.failed += 1 }
            if state.isFinished || isStopped || state.failure != nil { result.done += 1 }
            if isStopped { result.stopped += 1 }
            if let value = state.value(of: result.metric), value.isFinite, state.isFinished || isStopped {
                if result.best.map({ result.metric.isBetter(value, than: $0.value) }) ?? true {
                    result.best = (planned.trial, value)
                }
            }
            // What was stopped is no work any more.
            guard !isStopped, state.failure == nil else { continue }
            let total = max(cost.flops, 1)
            work += total
            let step = steps[index]
            let epochs = step.map { Double($0.epoch) + Double($0.step) / Double(max($0.steps, 1)) }
            let part = (epochs ?? Double(state.history.count)) / Double(max(cost.epochs, 1))
            done += state.isFinished ? total : total * min(part, 1)
            if let share = running[index] {
                result.running.append(
                    SweepSnapshot.Running(trial: planned.trial, threads: share.threads, epochs: cost.epochs, step: step)
                )
            }
        }
        result.share = work > 0 ? done / work : 1
        return result
    }
}

extension TrialState {
    /// The metric of the last epoch that decides between trials.
    package func value(of metric: Halving.Metric) -> Double? {
        let score = history.last?.validation
        return metric == .validationAccuracy ? score?.accuracy : score?.loss
    }
}
