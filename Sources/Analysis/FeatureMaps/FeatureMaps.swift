import Autograd
import Kernels
import Layers
import Tensors

/// What the layers of a network make of one image.
package struct FeatureMaps: Sendable {
    /// One layer's share.
    package struct Layer: Sendable {
        /// Its name, among those of an application behind that one's: `efficientnetlite0/stem_conv`.
        package let name: String
        /// Whether it stands within an application.
        package let isInner: Bool
        package let shape: Shape
        /// Channels fastest.
        package let values: [Float]

        /// Whether it is an image for each channel, rather than numbers in a row.
        package var isImage: Bool { shape.rank == 3 }

        /// One channel, rows from the top.
        package func map(_ channel: Int) -> [Float] {
            stride(from: channel, to: values.count, by: shape.channels).map { values[$0] }
        }
    }

    /// In the order in which they are computed, without those that pass on what they are given.
    package let layers: [Layer]

    /// The names of layers that pass on what they are given, which is shown once.
    package let passedOn: [String]

    package init(of network: Network, image: [Float], team: Team) throws {
        let trace = try LayerTrace(of: network)
        let shown = trace.rows.indices.filter { !trace.passesOn($0) }
        let images = try FloatMemory(count: network.input.count)
        images.set(image)
        let values = try trace.values(of: shown, for: images, count: 1, team: team)
        layers = zip(shown, values).map { row, values in
            let line = trace.rows[row]
            return Layer(
                name: line.name, isInner: line.application != nil, shape: line.outputShape, values: values)
        }
        passedOn = trace.rows.indices.filter(trace.passesOn).map { trace.rows[$0].name }
    }
}
