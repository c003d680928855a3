import Reporting
import Schema

/// A config file as it was written: what experiments are resolved from, one by one.
///
///     let document = try ConfigDocument(reading: "configs/quickstart.json")
///     let experiment = try document.resolved(with: [Override(parsing: "training.epochs=3")])
package struct ConfigDocument: Sendable {
    /// The whole text, variables and all; nil where it could not be understood.
    package let json: JSON?
    /// What messages call it.
    package let file: String
    /// Where relative paths in it begin.
    let directory: String
    /// What is wrong with the text as JSON.
    private let problems: Problems

    /// Reads a file, or standard input for `-`. What is wrong in it is said when it is resolved.
    package init(reading path: String) throws(FileError) {
        let text = try readFile(path, atMost: JSON.largestText)
        let isInput = path == "-"
        self.init(text, file: isInput ? "<stdin>" : path, directory: isInput ? "." : folder(of: path))
    }

    /// A config that is no file, such as a test's.
    package init(_ text: [UInt8], file: String, directory: String = ".") {
        var problems = Problems()
        json = JSON.read(text, &problems)
        self.file = file
        self.directory = directory
        self.problems = problems
    }

    /// The one experiment that the document describes once overrides, variables and blocks are put in; or everything
    /// that is wrong with it.
    package func resolved(with overrides: [Override] = []) throws(Problems) -> ResolvedConfig {
        var problems = self.problems
        problems.file = displayable(file)
        guard var document = json else { throw problems }
        for override in overrides {
            do {
                try override.apply(to: &document)
            } catch {
                problems.append(error)
            }
        }
        // What the parser and the language have complained of is not complained of again for what it is not.
        var known = Set(problems.list.compactMap(\.position))
        let expansion = Expander.expand(document)
        known.formUnion(expansion.failures)
        problems.append(contentsOf: expansion.problems)
        guard let plain = expansion.document else { throw problems.sorted }

        var config: ExperimentConfig?
        do {
            config = try ExperimentConfig(from: plain)
        } catch {
            for problem in error.list where problem.position.map({ !known.contains($0) }) ?? true {
                problems.append(problem)
            }
        }
        guard var config, problems.isEmpty else { throw problems.sorted }
        config.file = file
        config.dataset.path = config.dataset.path.map { absolute($0, from: directory) }
        config.model.initialWeights?.resolvePath { absolute($0, from: directory) }
        config.expect.resolvePaths { absolute($0, from: directory) }
        config.model.layers = config.model.layers.map { layer in
            layer.resolvingPaths { absolute($0, from: directory) }
        }
        return ResolvedConfig(config: config)
    }
}

/// One experiment without anything left to put in.
package struct ResolvedConfig: Sendable {
    /// What to do.
    package let config: ExperimentConfig

    /// The config with everything resolved and every default written out, as `config.json` holds it: a config that
    /// resolves to itself. A sweep is no part of one run.
    package var json: JSON {
        var single = config
        single.sweep = nil
        return single.json.withoutVariables
    }

    /// Throws what is wrong with a run of its own where only the trials of its sweep would be right: those that validate by folds.
    package func checkWithoutSweep() throws(Problems) {
        do {
            _ = try ExperimentConfig(from: json)
        } catch {
            var problems = error
            problems.file = config.file
            throw problems
        }
    }
}
