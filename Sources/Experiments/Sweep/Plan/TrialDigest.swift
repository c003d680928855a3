import Datasets
import Reporting
import Schema

/// Counts the changes of the tool after which the same config and data come to other results.
package let resultVersion = 1

extension SweepPlan {
    /// Gives every trial its digest, for which its data are loaded: config, data and the tool's results decide it. Where files
    /// lie does not, only what is in them.
    package mutating func identify(by data: SharedData) throws {
        var weights: [String: String] = [:]
        for index in trials.indices {
            var config = trials[index].config.config
            let files = try data.fingerprints(of: config.dataset).map { "\($0.file) \($0.sha256)" }
            if config.dataset.path != nil { config.dataset.path = "data" }
            if let path = config.model.initialWeights {
                let known = try weights[path] ?? SHA256.hex(of: readFile(path))
                weights[path] = known
                config.model.initialWeights = known
            }
            let said = ["mnist-lab results \(resultVersion)", config.json.compact] + files
            trials[index].trial.digest = SHA256.hex(of: Array(said.joined(separator: "\n").utf8))
        }
    }
}
