/// Which repeats are needed, decided from nothing but the figures of the repeats before them, in their order: the same whenever
/// and wherever it is asked.
struct RepeatCourse: Sendable {
    /// What is to become of a trial.
    enum Need: Sendable, Equatable {
        /// It is trained.
        case needed
        /// Repeats before it decide whether it is needed, and are not done yet.
        case open
        /// Those before it were enough.
        case unneeded
    }

    /// One for each trial.
    let needs: [Need]

    /// A trial that failed has no figure, and is not waited for.
    init(_ until: Until?, metric: Metric, trials: [SweepTrial], states: [TrialState]) {
        var needs = [Need](repeating: .needed, count: trials.count)
        if let until {
            for repeats in Self.repeatsByGroup(of: trials) {
                Self.decide(repeats, until, metric, states, &needs)
            }
        }
        self.needs = needs
    }

    /// The numbers of the trials of each repeat, in the order of the plan: a repeat is a seed with all its folds.
    private static func repeatsByGroup(of trials: [SweepTrial]) -> [[[Int]]] {
        var groups: [[(seed: Int, trials: [Int])]] = []
        for (index, trial) in trials.enumerated() {
            while groups.count <= trial.group { groups.append([]) }
            if groups[trial.group].last?.seed == trial.seed {
                groups[trial.group][groups[trial.group].count - 1].trials.append(index)
            } else {
                groups[trial.group].append((trial.seed, [index]))
            }
        }
        return groups.map { $0.map(\.trials) }
    }

    private static func decide(
        _ repeats: [[Int]], _ until: Until, _ metric: Metric, _ states: [TrialState], _ needs: inout [Need]
    ) {
        var count = min(until.minRepeats, repeats.count)
        while count < repeats.count {
            let known = repeats[..<count].joined()
            let isDone = known.allSatisfy { states[$0].isFinished || states[$0].failure != nil }
            let values = known.filter { states[$0].isFinished }.compactMap { states[$0].value(of: metric) }
            if !isDone || until.isMet(by: values) {
                for index in repeats[count...].joined() { needs[index] = isDone ? .unneeded : .open }
                return
            }
            count += 1
        }
    }
}
