import Exchange
import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    private static let out = Option(
        "out", "PATH", as: String.format, "the config's file, or a folder (default: FILE's name with .json, here)")
    private static let dataset = Option(
        "dataset", "NAME", as: DatasetSettings.Name.format, "what the config trains on (default: mnist)")
    private static let force = Flag("force", "overwrite files that are there")

    static let importModel = Command(
        "import", "a model that Keras saved, as a config and a file of weights",
        arguments: [.one("FILE", "a whole model: a .keras file, or an older .h5")],
        options: [out, dataset, force, Common.json, Common.quiet],
        examples: [
            Example("import digits.keras", "writes digits.json and digits.safetensors"),
            Example("import digits.h5 --out configs/ --dataset fashion-mnist", "an older file, for other images"),
        ]
    ) { call in
        let file = ImportedFile(at: call.operands[0])
        let config = try call.configPath(call[out], named: file.name)
        let weights = config.withoutEnding + ".safetensors"
        if !call[force] {
            for path in [config, weights] where FileManager.default.fileExists(atPath: path) {
                throw call.misuse(
                    "\(displayable(path)) is there already",
                    remedy: "--force overwrites it, --out names another place")
            }
        }
        let model = try file.model()
        let imported = ImportedConfig(
            model, from: file.path, name: file.name, dataset: call[dataset] ?? .mnist,
            weightsFile: String(weights.split(separator: "/").last ?? ""))
        let folder = config.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !folder.isEmpty { try makeFolder(folder) }
        try AtomicFile.write(model.weights.bytes, to: weights)
        try AtomicFile.write(imported.text(calledAs: displayable(config)), to: config)
        if !call[Common.quiet] { for remark in imported.remarks { call.console.say("note: \(displayable(remark))") } }
        let count = model.weights.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }
        call.print(
            json: [
                "config": JSON(config), "weights": JSON(weights), "layers": JSON(model.layers.count),
                "parameters": JSON(count), "remarks": JSON(imported.remarks),
            ],
            text: "\(displayable(config)): \(grouped(model.layers.count)) layers\n"
                + "\(displayable(weights)): \(grouped(count)) weights\n")
        return .success
    }
}

extension Call {
    /// Where the config goes: a file, or a folder and the model's name.
    fileprivate func configPath(_ out: String?, named name: String) throws(UsageError) -> String {
        guard let out else { return "\(name).json" }
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: out, isDirectory: &isDirectory)
        if exists ? isDirectory.boolValue : out.hasSuffix("/") {
            return "\(out.hasSuffix("/") ? String(out.dropLast()) : out)/\(name).json"
        }
        guard out.hasSuffix(".json") || out.hasSuffix(".jsonc") else {
            throw misuse(
                "--out: \(quoted(out)) is no config's name", remedy: "end it with .json, or with / for a folder")
        }
        return out
    }
}

extension String {
    /// A path without the last dot and what follows.
    fileprivate var withoutEnding: String { lastIndex(of: ".").map { String(self[..<$0]) } ?? self }
}
