import Exchange
import Layers
import Optimizers
import Reporting
import Schema
import Tensors

/// A model of others as a config that people read, change and train: `import` writes it.
package struct ImportedConfig {
    private let model: ImportedModel
    /// The file that it came from.
    private let source: String
    private let name: String
    private let dataset: DatasetSettings.Name
    /// The file of weights, seen from the config.
    private let weightsFile: String
    private let optimizer: JSON?
    /// What is otherwise than in the file, a line each.
    package let remarks: [String]

    /// What models are imported for: the images of all known data sets.
    package static let images = Shape(28, 28, 1)

    package init(
        _ model: ImportedModel, from source: String, name: String, dataset: DatasetSettings.Name, weightsFile: String
    ) {
        self.model = model
        self.source = source
        self.name = name
        self.dataset = dataset
        self.weightsFile = weightsFile
        let (optimizer, remarks) = knownOptimizer(model.optimizer)
        self.optimizer = optimizer
        self.remarks = model.remarks + remarks
    }

    /// The config, with comments.
    package func text(calledAs path: String) -> String {
        (comments(path) + lines).joined(separator: "\n") + "\n"
    }

    private func comments(_ path: String) -> [String] {
        let title = model.name.isEmpty ? "a Keras model" : "the Keras model \(quoted(model.name))"
        var lines = [
            "Imported from \(displayable(source)), \(title).", "",
            "    mnist-lab train \(shellQuoted(path)) --epochs 0    # how good it is",
            "    mnist-lab train \(shellQuoted(path))               # how good it becomes", "",
            "What the file does not say, so that it may be wrong here:",
            "- the data set, which is chosen by the images' size alone",
            "- what pixels are: here they are from 0 to 1; a model that wants 0 to 255 needs, as its first layer,",
            "  { \"type\": \"Rescaling\", \"scale\": 255 }",
            "- how many epochs, and images in a batch",
        ]
        if optimizer == nil { lines.append("- the optimizer") }
        if !remarks.isEmpty {
            lines += ["", "What is otherwise than in the file:"] + remarks.map { "- \(displayable($0))" }
        }
        return lines.map { $0.isEmpty ? "//" : "// \($0)" }
    }

    private var lines: [String] {
        ["{", "  \"name\": \(JSON(name).compact),"]
            + [
                "  \"dataset\": { \"name\": \(JSON(dataset.rawValue).compact) },", "  \"model\": {",
                "    \"layers\": [",
            ]
            + model.layers.map { "      \($0.inline)," }
            + ["    ],", "    \"initial_weights\": \(JSON(weightsFile).compact),", "  },", "  \"training\": {"]
            + ["    \"epochs\": 1,", "    \"batch_size\": 32,"]
            + [("optimizer", optimizer), ("loss", model.loss)].compactMap { key, value in
                value.map { "    \"\(key)\": \($0.inline)," }
            }
            + ["  },", "}"]
    }
}

/// An optimizer with the arguments that there are here, and what is to be said of others.
private func knownOptimizer(_ stated: JSON?) -> (JSON?, [String]) {
    guard let stated, let name = stated["type"]?.text else { return (nil, []) }
    let family = Format<any Optimizer>.optimizers
    guard let type = family.types.first(where: { $0.name.lowercased() == name.lowercased() }) else {
        return (nil, ["optimizer: \(quoted(name)) there is not here; the default takes its place"])
    }
    let written = type.init().json
    var remarks: [String] = []
    var setting: JSON = ["type": JSON(type.name)]
    for member in stated.members ?? [] where member.key != "type" {
        // Keras 2 called it so.
        let key = member.key == "lr" ? "learning_rate" : member.key
        if let usual = written[key] {
            if member.value != usual { setting[key] = member.value }
        } else if !isUsual(member.value), key != "jit_compile" {
            remarks.append("optimizer: \(key) is left out")
        }
    }
    var problems = Problems()
    guard family.format.read(Place(setting), &problems) != nil else {
        let reasons = problems.list.map { "optimizer: \($0.rendered())" }
        return (nil, reasons + ["optimizer: the default takes its place"])
    }
    // The rate is what people look for.
    if setting["learning_rate"] == nil, let rate = written["learning_rate"] { setting["learning_rate"] = rate }
    return (setting, remarks)
}

/// Whether an argument says nothing, as do those that are off.
private func isUsual(_ value: JSON) -> Bool { value == nil || value == false || value == 0 || value == 0.0 }

extension JSON {
    /// On one line, as people write it: `{ "type": "Dense", "units": 10 }`.
    fileprivate var inline: String {
        switch content {
        case .object(let members) where !members.isEmpty:
            "{ " + members.map { "\(JSON($0.key).compact): \($0.value.inline)" }.joined(separator: ", ") + " }"
        case .array(let elements): "[" + elements.map(\.inline).joined(separator: ", ") + "]"
        default: compact
        }
    }
}
