import Datasets
import Kernels
import Layers
import Reporting
import Schema
import Tensors

/// Images as the augmenting layers of a config make them: what a network sees instead of the same image again and again.
package struct AugmentationSheet {
    private let name: String
    private let images: Dataset
    private let count: Int
    private let augmented: AugmentedImages

    package init(name: String, _ images: Dataset, _ config: ExperimentConfig, count: Int? = nil) throws {
        let shape = Shape(images.height, images.width, images.channels)
        guard let augmented = try AugmentedImages(config.model.layers, input: shape) else {
            var problems = Problems([
                Problem(
                    "no layer augments images before the first one with weights", path: "model.layers",
                    remedy: "put one, such as RandomZoom, at the beginning")
            ])
            problems.file = config.file.map { displayable($0) }
            throw problems
        }
        self.name = name
        self.images = images
        self.augmented = augmented
        self.count = min(images.count, count ?? Self.usualCount)
    }

    private static let usualCount = 6
    private static let draws = 9

    /// A row for each image: itself, then draws.
    package func plot(team: Team) throws -> Plot {
        let memory = try FloatMemory(count: count * images.imageSize)
        for number in 0..<count {
            memory.set(images.image(number).lazy.map { Float($0) / 255 }, at: number * images.imageSize)
        }
        let draws = try (0..<Self.draws).map { try augmented.values(of: memory, count: count, draw: $0, team: team) }
        let tiles = (0..<count).flatMap { number in
            [ImageGrid.Tile(pixelImage(images, number), frame: .muted)]
                + draws.map { ImageGrid.Tile(picture($0, number)) }
        }
        return Plot(
            "\(displayable(name)): images as a network is trained on them",
            subtitle: "each image as it is, then \(Self.draws) draws of \(augmented.layers.joined(separator: ", "))",
            [ImageGrid("", tiles, columns: 1 + Self.draws)], columns: 1, notes: channelNotes(images.channels))
    }

    /// One image of a draw; what layers have moved beyond 0 ... 1 is black or white, and what is no number is black.
    private func picture(_ values: [Float], _ number: Int) -> PixelImage {
        let size = augmented.shape.count
        let bytes = values[number * size..<(number + 1) * size].map { $0 > 0 ? UInt8(min($0, 1) * 255) : 0 }
        return pixelImage(bytes[...], height: augmented.shape[0], width: augmented.shape[1])
    }
}
