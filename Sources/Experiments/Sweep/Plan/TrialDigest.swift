import Datasets
import Reporting
import Schema

/// Counts the changes of the tool after which the same config and data come to other results.
package let resultVersion = 2

extension SweepPlan {
    /// Gives every trial its digest, for which its data are loaded: config, data and the tool's results decide it. Where files
    /// lie does not, only what is in them.
    package mutating func identify(by data: SharedData) throws {
        var weights: [String: String] = [:]
        for index in trials.indices {
            var config = trials[index].config.config
            let files = try data.fingerprints(of: config.dataset).map { "\($0.file) \($0.sha256)" }
            if config.dataset.path != nil { config.dataset.path = "data" }
            func digest(_ path: String) throws -> String {
                let known = try weights[path] ?? SHA256.hex(of: readFile(path))
                weights[path] = known
                return known
            }
            let published = try config.publishedWeights(data.search).map { "\($0.layer) \(try digest($0.path))" }
            if let path = config.model.initialWeights?.file { config.model.initialWeights?.file = try digest(path) }
            config.model.layers = config.model.layers.map { $0.resolvingPaths { _ in "weights" } }
            let said = ["mnist-lab results \(resultVersion)", config.json.compact] + files + published
            trials[index].trial.digest = SHA256.hex(of: Array(said.joined(separator: "\n").utf8))
        }
    }
}
