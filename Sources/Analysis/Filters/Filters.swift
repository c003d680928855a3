import Autograd
import Layers
import Tensors

/// The filters of a convolution as its network has learned them.
///
///     let filters = Filters.all(of: network)[0]
///     let weights = filters.weights(filter: 3, channel: 0)
package struct Filters: Sendable {
    /// The layer's name: `conv2d`.
    package let layer: String
    package let height: Int
    package let width: Int
    /// How many channels each filter reads: one if it is a depthwise convolution's.
    package let channels: Int
    package let count: Int
    /// As Keras lays them out: row, column, channel, filter.
    private let values: [Float]

    /// Those of every convolution, in the order of the layers. Of a separable convolution it is the depthwise part, as the
    /// other one looks at single pixels.
    package static func all(of network: Network) -> [Filters] {
        network.inference.rows.compactMap { row in
            guard let kernel = row.parameters.first(where: isKernel) else { return nil }
            return Filters(layer: row.name, isDepthwise: depthwiseTypes.contains(row.type), kernel, network.parameters)
        }
    }

    private static let depthwiseTypes: Set<String> = [DepthwiseConv2D.name, SeparableConv2D.name]

    private static func isKernel(_ parameter: Parameter) -> Bool {
        parameter.shape.rank == 4 && parameter.name.hasSuffix("kernel")
    }

    private init(layer: String, isDepthwise: Bool, _ kernel: Parameter, _ parameters: Parameters) {
        self.layer = layer
        (height, width) = (kernel.shape[0], kernel.shape[1])
        // A depthwise kernel's last two axes are channels and filters of each, which together number its filters.
        channels = isDepthwise ? 1 : kernel.shape[2]
        count = isDepthwise ? kernel.shape[2] * kernel.shape[3] : kernel.shape[3]
        values = parameters.values(of: kernel)
    }

    /// Whether there is more than one pixel to be seen.
    package var areSpatial: Bool { height * width > 1 }

    /// What a filter multiplies one channel with, rows from the top.
    package func weights(filter: Int, channel: Int) -> [Float] {
        let pixels = 0..<height * width
        return pixels.map { values[($0 * channels + channel) * count + filter] }
    }
}
