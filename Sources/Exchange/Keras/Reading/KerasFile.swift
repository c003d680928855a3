import Datasets
import Schema

/// A whole model in a file of Keras's, `.keras` or `.h5`: what it is made of, how it was trained, and its weights.
package struct KerasFile {
    /// `{ "class_name": "Sequential", "config": … }`
    let model: JSON
    /// `{ "optimizer": …, "loss": … }`
    let training: JSON?
    let weights: KerasVariables
    /// Of the Keras that wrote it; empty where that is not said.
    let version: String

    /// Decides by the first bytes which of the two it is.
    package init(parsing bytes: [UInt8]) throws(KerasError) {
        if bytes.starts(with: Self.zipSignature) {
            let zip = try Self.reading { () throws(ArchiveError) in try ZipArchive(bytes) }
            let config = try Self.reading { () throws(ArchiveError) in
                try zip.member("config.json", limit: JSON.largestText)
            }
            let file = try Self.reading { () throws(ArchiveError) in
                try zip.member("model.weights.h5", limit: Self.largestMember)
            }
            model = try Self.json(config, called: "config.json")
            training = model["compile_config"]
            do {
                weights = try KerasVariables(parsing: file)
            } catch {
                throw KerasError("model.weights.h5 within it \(error)")
            }
            let metadata = try? JSON(parsing: zip.member("metadata.json", limit: JSON.largestText))
            version = metadata?["keras_version"]?.text ?? ""
        } else if !bytes.starts(with: HDF5Group.signature) {
            throw KerasError("is no file that Keras saved; name a .keras file, or an older .h5 file")
        } else if let file = try KerasFile(try HDF5Group(readingKeras: bytes)) {
            self = file
        } else {
            throw KerasError(
                "has weights and no model; name it in model.initial_weights of a config with the same layers")
        }
    }

    /// The model in a file of the older kind; nil where there are only weights.
    init?(_ root: HDF5Group) throws(KerasError) {
        guard case .text(let config) = root.attribute("model_config") else { return nil }
        model = try Self.json(Array(config.utf8), called: "model_config")
        if case .text(let text) = root.attribute("training_config") {
            training = try Self.json(Array(text.utf8), called: "training_config").withOptimizer
        } else {
            training = nil
        }
        weights = try KerasVariables(root)
        if case .text(let text) = root.attribute("keras_version") { version = text } else { version = "" }
    }

    /// How a zip archive begins.
    static let zipSignature = Array("PK".utf8)
    private static let largestMember = 1 << 31

    /// Does something that may throw another error, which then says why.
    private static func reading<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(KerasError) -> Result {
        do {
            return try body()
        } catch {
            throw KerasError("\(error)")
        }
    }

    private static func json(_ text: [UInt8], called name: String) throws(KerasError) -> JSON {
        do {
            return try JSON(parsing: text)
        } catch {
            throw KerasError("\(name) is no JSON: \(error.list.first?.message ?? "it cannot be read")")
        }
    }
}

extension JSON {
    /// Files of the older kind call the optimizer otherwise.
    fileprivate var withOptimizer: JSON {
        var result = self
        result["optimizer"] = self["optimizer_config"]
        return result
    }
}

extension HDF5Group {
    init(readingKeras bytes: [UInt8]) throws(KerasError) {
        do {
            try self.init(parsing: bytes)
        } catch {
            throw KerasError("\(error)")
        }
    }
}
