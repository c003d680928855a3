import Reporting
import Schema

/// The files with which TensorBoard's projector shows points in space, each with its picture.
package struct Projector {
    /// What the points are: the layer whose features they have.
    package let name: String
    /// Numbers of a point.
    package let dimensions: Int
    /// The points, one after the other.
    package let values: [Float]
    /// What is known of each point, under titles.
    package let metadata: [(title: String, cells: [String])]
    /// One of each point, all of the same size.
    package let pictures: [PixelImage]

    package init(
        name: String, dimensions: Int, values: [Float], metadata: [(title: String, cells: [String])],
        pictures: [PixelImage]
    ) {
        self.name = name
        self.dimensions = dimensions
        self.values = values
        self.metadata = metadata
        self.pictures = pictures
    }

    private static let tensorFile = "tensors.tsv", metadataFile = "metadata.tsv", spriteFile = "sprite.png"

    /// By name; the last one is what TensorBoard looks for.
    package var files: [(name: String, content: [UInt8])] {
        [
            (Self.tensorFile, Array(tensors.utf8)), (Self.metadataFile, Array(metadataRows.utf8)),
            (Self.spriteFile, sprite.png), ("projector_config.pbtxt", Array(config.utf8)),
        ]
    }

    private var tensors: String {
        stride(from: 0, to: values.count, by: dimensions).map { first in
            values[first..<first + dimensions].map { $0.isFinite ? "\($0)" : "0" }.joined(separator: "\t") + "\n"
        }.joined()
    }

    private var metadataRows: String {
        let rows = pictures.indices.map { row in metadata.map { $0.cells[row] } }
        return ([metadata.map(\.title)] + rows).map { row in
            row.map { String($0.map { $0.isWhitespace ? " " : $0 }) }.joined(separator: "\t") + "\n"
        }.joined()
    }

    /// All pictures in rows of a square.
    private var sprite: PixelImage {
        let width = pictures.first?.width ?? 1
        let height = pictures.first?.height ?? 1
        let columns = max(1, Int(Double(pictures.count).squareRoot().rounded(.up)))
        var bytes = [UInt8](repeating: 0, count: columns * columns * width * height * channels)
        for (index, picture) in pictures.enumerated() {
            let (row, column) = (index / columns * height, index % columns * width)
            for y in 0..<height {
                let line = picture.bytes[y * width * channels..<(y + 1) * width * channels]
                let start = ((row + y) * columns * width + column) * channels
                bytes.replaceSubrange(start..<start + line.count, with: line)
            }
        }
        return PixelImage(width: columns * width, height: columns * height, channels: channels, bytes: bytes)
    }

    private var channels: Int { pictures.first?.channels ?? 1 }

    private var config: String {
        """
        embeddings {
          tensor_name: "\(escaped(name))"
          tensor_path: "\(Self.tensorFile)"
          metadata_path: "\(Self.metadataFile)"
          sprite {
            image_path: "\(Self.spriteFile)"
            single_image_dim: \(pictures.first?.width ?? 1)
            single_image_dim: \(pictures.first?.height ?? 1)
          }
        }

        """
    }

    private func escaped(_ text: String) -> String {
        text.escaping("\\", as: "\\\\").escaping("\"", as: "\\\"").escaping("\n", as: " ")
    }
}
