import Autograd
import Layers
import Schema
import Tensors

extension KernelCase {
    /// Layers of networks of MobileNet's kind, as they are in EfficientNet-Lite0 for images of 56 × 56: convolutions of single
    /// pixels, and of single channels.
    package static func ofMobileNets() throws -> [KernelCase] {
        try [
            (pointwise(96), Shape(28, 28, 16)), (pointwise(24), Shape(14, 14, 144)), (pointwise(80), Shape(4, 4, 480)),
            (pointwise(1152), Shape(2, 2, 192)), (depthwise(3), Shape(14, 14, 144)),
            (depthwise(3, strides: 2), Shape(28, 28, 96)), (depthwise(5), Shape(7, 7, 240)),
            (depthwise(5, strides: 2), Shape(14, 14, 144)),
        ].flatMap { try passes(of: Format<any Layer>.layers.format.value(from: $0), input: $1, batch: 32) }
    }

    private static func pointwise(_ filters: Int) -> JSON {
        ["type": "Conv2D", "filters": JSON(filters), "kernel_size": 1, "use_bias": false]
    }

    private static func depthwise(_ window: Int, strides: Int = 1) -> JSON {
        [
            "type": "DepthwiseConv2D", "kernel_size": JSON(window), "strides": JSON(strides), "padding": "same",
            "use_bias": false,
        ]
    }

    /// Every pass of a layer with a kernel.
    private static func passes(of layer: any Layer, input: Shape, batch: Int) throws -> [KernelCase] {
        let placed = [PlacedLayer(layer)]
        var recorder = Recorder(placed, isTraining: true)
        let x = try recorder.graph.feed("x", .image(input))
        let output = try recorder.record(placed, reading: x).value.shape
        guard let kernel = recorder.graph.parameters.first(where: { $0.name.hasSuffix("/kernel") }) else { return [] }
        let strides = input[0] == output[0] ? "" : " by \(input[0] / output[0])"
        return Pass.allCases.map { pass in
            KernelCase(
                name: "\(type(of: layer).name) \(pass.rawValue)",
                shape: "\(sizes(kernel.shape.dimensions.prefix(2)))\(strides), \(sizes([batch] + input.dimensions)) → "
                    + sizes(output.dimensions),
                flops: 2 * Double(batch * output[0] * output[1]) * Double(kernel.shape.count), layers: [layer],
                passes: [pass], input: input, batch: batch)
        }
    }
}
