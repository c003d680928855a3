import Layers
import Tensors

/// Whether and where a training keeps the features of frozen layers.
package enum FeatureKeeping: Sendable, Hashable {
    /// They are computed anew for every batch.
    case none
    case inMemory
    /// In a file without a name in this folder, which is gone with the process.
    case inFile(folder: String)

    var folder: String? {
        if case .inFile(let folder) = self { folder } else { nil }
    }
}

extension Network {
    /// Floats of features that are worth keeping: where something that is computed once serves more than one epoch.
    package func keptFeatures(epochs: Int, images: Int, validated: Int) -> Int {
        guard epochs > 1 else { return 0 }
        return (training.fixed?.floats ?? 0) * images + (inference.fixed?.floats ?? 0) * validated
    }
}
