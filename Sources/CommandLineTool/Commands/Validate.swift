import Experiments
import Reporting
import Schema

extension Command {
    static let validate = Command(
        "validate", "check configs, change nothing",
        arguments: [.many("CONFIG", "experiments, or - for standard input")],
        options: Common.configuration + Common.location + [Common.json, Common.quiet],
        examples: [
            Example("validate configs/*/*.json", "say everything that is wrong, all at once"),
            Example(
                "validate configs/quickstart.json --json", "the same for an editor: line, column, path and message"),
        ]
    ) { call in
        // One broken config must not hide what is wrong with the next.
        let validated = call.operands.map(call.validate)
        if call[Common.json] {
            call.print(json: JSON(.array(validated.map(\.json))), text: "")
        } else {
            for config in validated { call.tell(of: config) }
        }
        return validated.compactMap(\.error).first.map(call.tool.exitCode) ?? .success
    }
}

extension Call {
    /// Checks a config as far as that is possible without its data.
    fileprivate func validate(_ path: String) -> ValidatedConfig {
        var result = ValidatedConfig(path: path)
        do {
            let (document, overrides) = try loadDocument(path)
            let loaded = try document.resolved(with: overrides)
            let library = library(for: path)
            // Shapes, classes and memory are part of what can be wrong.
            let summary = try ModelSummary(training: loaded.config, library: library)
            result.warnings.append(contentsOf: loaded.config.frozenAtRandom(summary))
            result.warnings.append(contentsOf: loaded.config.doubts)
            result.warnings.append(contentsOf: loaded.config.missingWeights(library.search))
            do { _ = try loaded.config.expect.readingBaselines() } catch { result.warnings.append(Problem("\(error)")) }
            result.warnings.file = displayable(document.file)
            guard loaded.config.sweep != nil else { return result }
            let plan = try SweepPlan(of: document, with: overrides)
            result.warnings.append(contentsOf: plan.idleHalving)
            let costs = try plan.costs(library: library)
            if let refusal = costs.compactMap(\.refusal).first { throw ConfigRefused(description: refusal) }
            result.trials = costs.count
        } catch {
            result.error = error
        }
        return result
    }

    fileprivate func tell(of config: ValidatedConfig) {
        warn(config.warnings)
        if let error = config.namedError {
            _ = tool.report(error, to: console)
        } else if !self[Common.quiet] {
            let trials = config.trials.map { ", with \(grouped($0)) trials" } ?? ""
            console.write("\(displayable(config.path)): fine\(trials)\n")
        }
    }
}
