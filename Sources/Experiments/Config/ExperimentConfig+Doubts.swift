import Reporting
import Schema

extension ExperimentConfig {
    /// What is allowed and hardly meant.
    package var doubts: Problems {
        var problems = boundedLogits
        problems.append(contentsOf: rivalKeepers)
        return problems
    }

    /// Callbacks that keep weights by different figures: the last of them undoes what the others have kept.
    private var rivalKeepers: Problems {
        var problems = Problems()
        problems.file = file.map { displayable($0) }
        let keepers = training.callbacks.filter(\.keepsWeights)
        guard let last = keepers.last, let other = keepers.first(where: { $0.watched != last.watched }) else {
            return problems
        }
        let names = [other, last].map { type(of: $0).name }
        problems.append(
            Problem(
                "\(names[0]) and \(names[1]) keep weights by different figures, and those of \(names[1]) count",
                path: "training.callbacks", remedy: "let one of them decide, or give both the same monitor"))
        return problems
    }
}
