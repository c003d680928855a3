import Datasets
import Kernels
import Layers
import Schema
import Tensors
import Training

/// What one of a run's layers gives for images.
package struct LayerFeatures: Sendable {
    /// Numbers of one image.
    package let count: Int
    /// Those of all images, one after the other.
    package let values: [Float]
}

/// Why a run's layer gives nothing for images.
package enum FeatureError: Error, CustomStringConvertible {
    case noLayer(String, known: [String])
    case images(Shape, model: Shape)

    /// One line with the remedy.
    package var description: String {
        switch self {
        case .noLayer(let name, let known):
            "the run's model has no layer \(quoted(name)); \(remedy(for: name, among: known) ?? "it has none")"
        case .images(let shape, let model):
            "the images are \(shape), but the run's model takes \(model); choose a run that was trained on such images"
        }
    }
}

extension FinishedRun {
    /// What a layer gives for each image of a set, with the run's weights; without a name, the layer before the last.
    package func features(
        of dataset: Dataset, layer: String?, _ config: ExperimentConfig, library: DataLibrary, team: Team
    ) throws -> (layer: String, features: LayerFeatures) {
        let network = try network(config, library: library)
        let shape = Shape(dataset.height, dataset.width, dataset.channels)
        guard shape == network.input else { throw FeatureError.images(shape, model: network.input) }
        let trace = try LayerTrace(of: network)
        let names = trace.rows.map(\.name)
        let layer = layer ?? names.suffix(2).first ?? ""
        guard let row = names.firstIndex(of: layer) else { throw FeatureError.noLayer(layer, known: names) }
        let count = trace.rows[row].outputShape.count
        var values: [Float] = []
        values.reserveCapacity(dataset.count * count)
        let size = Evaluation.batchSize(for: dataset.count)
        for first in stride(from: 0, to: dataset.count, by: size) {
            let batch = min(size, dataset.count - first)
            let images = try FloatMemory(count: batch * dataset.imageSize)
            images.set(
                dataset.pixels[first * dataset.imageSize..<(first + batch) * dataset.imageSize].lazy
                    .map { Float($0) / 255 })
            values += try trace.values(of: [row], for: images, count: batch, team: team)[0]
        }
        return (layer, LayerFeatures(count: count, values: values))
    }
}
