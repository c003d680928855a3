import Datasets
import Exchange
import Kernels

extension FinishedRun {
    private static let mostImages = 1000
    /// Longer features make files that no browser likes to load.
    private static let mostFeatures = 2048

    /// What the model makes of the first test images, for TensorBoard's projector: the features before its last layer,
    /// or what the last layer says where those are too many.
    func projector(_ inspection: Inspection, _ config: ExperimentConfig, library: DataLibrary) throws -> Projector {
        let images = try inspection.testImages().limited(to: Self.mostImages)
        let verdicts = try inspection.verdicts().all.prefix(images.count)
        func features(_ layer: String?) throws -> (layer: String, features: LayerFeatures) {
            try self.features(of: images, layer: layer, config, library: library, team: inspection.team)
        }
        var (layer, found) = try features(nil)
        if found.count > Self.mostFeatures {
            (layer, found) = try features(inspection.network.inference.rows.last?.name)
        }
        return Projector(
            name: layer, dimensions: found.count, values: found.values,
            metadata: [
                ("label", verdicts.map { inspection.className($0.label) }),
                ("predicted", verdicts.map { inspection.className($0.predicted) }),
                ("mistake", verdicts.map { $0.isRight ? "0" : "1" }),
            ],
            pictures: (0..<images.count).map { pixelImage(images, $0) })
    }
}
