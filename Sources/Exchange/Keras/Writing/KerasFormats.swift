import Layers
import Schema

/// A whole model: `keras.models.load_model("model.keras")`.
package enum KerasArchive: ModelFormat {
    package static let ending = ".keras"
    package static let summary = "a whole model, for Keras 3"

    /// The version whose files are written.
    private static let version = "3.15.1"

    package static func encode(_ model: ExportedModel) throws(ExportError) -> [UInt8] {
        let keras = try KerasModel(model)
        var config = keras.config
        config["compile_config"] = model.training.flatMap { kerasTraining($0, of: model.network) }
        var zip = ZipWriter()
        try zip.add("metadata.json", Array((["keras_version": JSON(version)] as JSON).compact.utf8))
        try zip.add("config.json", Array(config.compact.utf8))
        try zip.add("model.weights.h5", try keras.weightsFile(of: model.network))
        return zip.finish()
    }
}

/// The weights alone: `model.load_weights("model.weights.h5")`.
package enum KerasWeights: ModelFormat {
    package static let ending = ".weights.h5"
    package static let summary = "weights alone, for Keras 3"

    package static func encode(_ model: ExportedModel) throws(ExportError) -> [UInt8] {
        try KerasModel(model).weightsFile(of: model.network)
    }
}

extension KerasModel {
    fileprivate func weightsFile(of network: Network) throws(ExportError) -> [UInt8] {
        do {
            return try weights(network.parameters).bytes
        } catch {
            throw ExportError(["\(error)"])
        }
    }
}
