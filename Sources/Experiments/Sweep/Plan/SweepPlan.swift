import Schema

/// All trials of a config's sweep, each resolved.
///
///     let plan = try SweepPlan(of: document, with: overrides)
package struct SweepPlan: Sendable {
    /// The config itself, which also says what is expected.
    package let base: ResolvedConfig
    /// In the order of the grid, its last path changing first; repeats and folds of the same values stand together.
    package internal(set) var trials: [PlannedTrial]
    /// How many combinations come to the same experiment as another, and are not run twice.
    package private(set) var duplicates = 0

    /// Whether any trial has images to be validated with.
    var validates: Bool { trials.contains { $0.config.config.dataset.validation != nil } }

    /// What its `until` is about.
    var metricOfPrecision: Metric { Experiments.metricOfPrecision(settings.until, validates: validates) }

    /// What the config says of its sweep.
    package var settings: SweepSettings { base.config.sweep ?? SweepSettings() }

    /// Resolves every trial, or throws all that is wrong with the config or any trial.
    package init(of document: ConfigDocument, with overrides: [Override] = []) throws(Problems) {
        base = try document.resolved(with: overrides)
        guard let settings = base.config.sweep else {
            var problems = Problems([
                Problem(
                    "the config has no \"sweep\", which says what varies",
                    remedy: #"add one, such as "sweep": { "grid": { "training.batch_size": [32, 64] }, "repeats": 3 }"#)
            ])
            problems.file = document.file
            throw problems
        }
        var problems = Problems()
        problems.file = document.file
        let varied = Self.varied(settings, in: document.json, &problems)
        for override in overrides {
            // What stands within a value that varies would be lost with the value that is there now.
            let ways = override.way.numbered(in: document.json).withPartsBefore
            guard let path = ways.first(where: varied.contains) else { continue }
            let what = path == ways.last ? "the sweep varies this" : "the sweep varies \(path), of which this is a part"
            problems.append(override.problem(what, remedy: "leave it out, or set the sweep's values"))
        }
        trials = []
        var known: Set<String> = []
        var groups: [String: Int] = [:]
        for values in Self.combinations(settings, seed: base.config.seed) {
            let before = trials.count
            let setting = Self.setting(values)
            let group = groups[setting] ?? groups.count
            for (seed, fold) in Self.repetitions(settings, seed: base.config.seed) {
                guard problems.count < Problems.most else { break }
                do {
                    let changes = overrides + Self.overrides(values, seed: seed, fold: fold, settings, base.config)
                    let config = try Self.trialConfig(document.resolved(with: changes))
                    let trial = PlannedTrial(
                        trial: SweepTrial(values: values, seed: config.config.seed, fold: fold, group: group),
                        config: config)
                    if known.insert(trial.identity).inserted { trials.append(trial) } else { duplicates += 1 }
                } catch {
                    problems.append(contentsOf: error)
                }
            }
            if trials.count > before { groups[setting] = group }
        }
        guard problems.isEmpty else { throw problems.sorted }
        if trials.isEmpty {
            problems.append(Problem("everything is excluded", path: "sweep.exclude", remedy: "leave something to try"))
            throw problems
        }
        let names = trialNames(trials.map(\.trial), settings)
        for index in trials.indices { trials[index].trial.name = names[index] }
    }

    /// What varies, by indices where it is said by names; appends what is said in two ways, of which one would count.
    private static func varied(_ settings: SweepSettings, in document: JSON?, _ problems: inout Problems) -> Set<String>
    {
        let said =
            settings.grid.map { ($0.path, $0.position) } + settings.list.joined().map { ($0.path, $0.position) }
            + (settings.random?.axes ?? []).map { ($0.path, $0.position) }
        var paths: [String: String] = [:]
        for (path, position) in said {
            let way = Way(path)?.numbered(in: document).description ?? path
            if let other = paths[way], other != path {
                problems.append(
                    Problem("this is \(other), which varies already", at: position, path: path, remedy: "leave one out")
                )
            }
            paths[way] = paths[way] ?? path
        }
        return Set(paths.keys)
    }

    /// A halving whose first decision would come after the last epoch: it would stop nothing.
    package var idleHalving: Problems {
        guard let halving = settings.halving, halving.rungs(epochs: epochs).isEmpty else { return Problems() }
        return Problems([
            Problem(
                "min_epochs is \(halving.minEpochs), no trial trains for longer, and so nothing is ever stopped",
                path: "sweep.halving", remedy: "lower min_epochs, train longer, or leave halving out")
        ])
    }

    /// The product of the grid's axes, the list and the samples, without what is excluded.
    private static func combinations(_ settings: SweepSettings, seed: Int) -> [SweepChoice] {
        var combinations: [SweepChoice] = [[]]
        for axis in settings.grid {
            combinations = combinations.flatMap { combination in
                axis.value.map { combination + [AtPath(path: axis.path, position: axis.position, value: $0)] }
            }
        }
        if !settings.list.isEmpty {
            combinations = combinations.flatMap { combination in settings.list.map { combination + $0 } }
        }
        if let random = settings.random {
            let samples = (0..<random.samples).map { random.sample($0, seed: seed) }
            combinations = combinations.flatMap { combination in samples.map { combination + $0 } }
        }
        return combinations.filter { combination in
            !settings.exclude.contains { entry in
                entry.allSatisfy { value in
                    combination.contains { $0.path == value.path && $0.value.isSame(as: value.value) }
                }
            }
        }
    }

    /// What the repeats of a combination have in common, even where seeds or folds are among the values that vary.
    private static func setting(_ values: SweepChoice) -> String {
        let common = values.filter { !TrialResult.repeatPaths.contains($0.path) }.sorted { $0.path < $1.path }
        return Format.byPath(JSON.format).write(common).compact
    }

    private static func repetitions(_ settings: SweepSettings, seed: Int) -> [(seed: Int?, fold: Int?)] {
        let seeds: [Int?] = settings.repeats > 1 ? (0..<settings.repeats).map { seed + $0 } : [nil]
        let folds: [Int?] = settings.folds.map { Array(0..<$0) } ?? [nil]
        return seeds.flatMap { seed in folds.map { (seed, $0) } }
    }

    private static func overrides(
        _ values: SweepChoice, seed: Int?, fold: Int?, _ settings: SweepSettings, _ base: ExperimentConfig
    ) -> [Override] {
        // What is part of another value that varies comes behind it, or it would be lost.
        var overrides = values.compactMap { value in
            Way(value.path).map { Override($0, value.value, at: value.position) }
        }.sorted { $0.way.steps.count < $1.way.steps.count }
        if let seed, let way = Way("seed") { overrides.append(Override(way, JSON(seed), at: nil)) }
        if let fold, let folds = settings.folds, let way = Way("dataset.validation") {
            let part = Validation.fold(fold, of: folds, from: base.dataset.validation?.origin ?? .stratified)
            overrides.append(Override(way, part.json, at: nil))
        }
        return overrides
    }

    /// What a trial's result follows from, and nothing that could change without changing it.
    private static func trialConfig(_ resolved: ResolvedConfig) -> ResolvedConfig {
        var config = resolved.config
        config.sweep = nil
        config.description = ""
        config.expect = Expectations()
        return ResolvedConfig(config: config)
    }
}

extension Validation {
    /// How its images are chosen; nil for the test images.
    fileprivate var origin: Origin? {
        switch self {
        case .part(_, let origin), .fold(_, _, let origin): origin
        case .test: nil
        }
    }
}
