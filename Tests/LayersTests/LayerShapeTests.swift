import Autograd
import Layers
import Schema
import Tensors
import Testing

/// A layer on a shape that it does not fit, and what is said of it.
struct MisfitLayer: Sendable, CustomTestStringConvertible {
    let layer: String
    let shape: [Int]
    let message: String
    var testDescription: String { "\(layer) on \(shape)" }

    init(_ layer: String, on shape: [Int], _ message: String) {
        self.layer = layer
        self.shape = shape
        self.message = message
    }

    static let all =
        [
            MisfitLayer(
                #"{ "type": "Softmax", "axis": 1 }"#, on: [3, 4],
                "softmax: works along the last axis only; \"axis\" must be -1, not 1 [(3, 4)]"),
            MisfitLayer(
                #"{ "type": "LayerNormalization", "axis": -2 }"#, on: [3, 4],
                "layer_normalization: works along the last axis only; \"axis\" must be -1, not -2 [(3, 4)]"),
            MisfitLayer(
                #"{ "type": "Normalization", "mean": [1, 2], "variance": [1, 2] }"#, on: [4, 4, 3],
                "normalization: mean and variance must be one number, or one for each channel [(4, 4, 3)]"),
            MisfitLayer(
                #"{ "type": "Reshape", "target_shape": [5, -1] }"#, on: [4, 3],
                "reshape: no length in place of -1 makes the shapes equally large [(5, -1), (4, 3)]"),
            MisfitLayer(
                #"{ "type": "Reshape", "target_shape": [5, 2] }"#, on: [4, 3],
                "reshape: cannot be reshaped [(4, 3), (5, 2)]"),
            MisfitLayer(
                #"{ "type": "Permute", "dims": [2, 1] }"#, on: [4, 3, 1],
                "permute: an order of axes must name each axis of the value once [(1, 0), (4, 3, 1)]"),
            MisfitLayer(
                #"{ "type": "PReLU", "shared_axes": [1, 3] }"#, on: [4, 3],
                "p_re_lu: values of this shape have no axis 3 to share slopes along [(4, 3)]"),
            MisfitLayer(
                #"{ "type": "Cropping2D", "cropping": 2 }"#, on: [4, 9, 1],
                "cropping2d: cropping leaves nothing of the image; less than its height and width in all fits [(4, 9, 1)]"
            ),
            MisfitLayer(
                #"{ "type": "DepthwiseConv2D", "kernel_size": 5 }"#, on: [4, 4, 2],
                "depthwise_conv2d: the kernel is larger than the image; a smaller kernel_size or padding \"same\" fits "
                    + "[(5, 5, 2, 1), (4, 4, 2)]"),
            MisfitLayer(
                #"{ "type": "Conv2D", "filters": 8, "kernel_size": 3, "groups": 2 }"#, on: [4, 4, 3],
                "conv2d: 2 groups do not divide the channels of its images, of which there are 3; a divisor of both channels "
                    + "and filters fits [(4, 4, 3)]"),
            MisfitLayer(
                #"{ "type": "Conv2D", "filters": 8, "kernel_size": 3, "dilation_rate": [1, 2] }"#, on: [4, 4, 3],
                "conv2d: the kernel with its gaps is larger than the image; a smaller kernel_size or dilation_rate, or "
                    + "padding \"same\" fits [(3, 3, 3, 8), (4, 4, 3)]"),
        ]
        + [
            #""ZeroPadding2D""#, #""Cropping2D""#, #""UpSampling2D""#, #""Resizing", "height": 2, "width": 2"#,
            #""SpatialDropout2D", "rate": 0.5"#, #""DepthwiseConv2D", "kernel_size": 1"#,
            #""SeparableConv2D", "filters": 1, "kernel_size": 1"#,
        ].map { settings in
            let name = settings.split(separator: "\"")[0]
            return MisfitLayer(
                "{ \"type\": \(settings) }", on: [9],
                snakeCase(String(name))
                    + ": takes images (height, width, channels); it must come before Flatten [(9,)]")
        }
}

@Suite struct LayerShapeTests {
    private func record(_ text: String, on shape: [Int], isTraining: Bool = true) throws -> (Recorder, Value) {
        let layers = [PlacedLayer(try KerasFigures.layer(JSON(parsing: Array(text.utf8))))]
        var recorder = Recorder(layers, isTraining: isTraining)
        let x = try recorder.graph.feed("x", .image(Shape(shape)))
        return (recorder, try recorder.record(layers, reading: x).value)
    }

    @Test(arguments: MisfitLayer.all)
    func `a layer that does not fit says why`(_ misfit: MisfitLayer) throws {
        let error = #expect(throws: ShapeError.self) { _ = try record(misfit.layer, on: misfit.shape) }
        #expect(error?.description == misfit.message)
    }

    @Test(arguments: [
        #""SpatialDropout2D", "rate": 0.5"#, #""GaussianNoise", "stddev": 0.5"#, #""GaussianDropout", "rate": 0.5"#,
    ])
    func `random layers do nothing in inference`(settings: String) throws {
        let text = "{ \"type\": \(settings) }"
        #expect(try record(text, on: [4, 4, 2], isTraining: false).1.node == 0)
        #expect(try record(text, on: [4, 4, 2], isTraining: true).1.node != 0)
    }

    @Test(arguments: [
        ("1", "1"), ("[1, 1]", "1"), ("[1, 2]", "[1,2]"), ("[[0, 1], [2, 3]]", "[[0,1],[2,3]]"),
        ("[0, [2, 3]]", "[0,[2,3]]"), ("[[1, 1], [1, 1]]", "1"),
    ])
    func `margins may be given once, for height and width, or for each side`(_ given: String, _ written: String) throws
    {
        let layer = try KerasFigures.layer(
            JSON(parsing: Array("{ \"type\": \"ZeroPadding2D\", \"padding\": \(given) }".utf8)))
        let padding = Format<any Layer>.layers.format.write(layer)["padding"]
        #expect(padding == (try JSON(parsing: Array(written.utf8))))
    }
}
