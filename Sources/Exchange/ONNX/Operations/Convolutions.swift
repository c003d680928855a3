import Autograd
import Kernels
import Tensors

// Kernels are height, width, channels, filters here, and filters, channels, height, width in ONNX.

extension Convolution: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let kernel = Arrangement(shape: node.inputs[1].shape, order: [3, 2, 0, 1])
        return onnx.convolve(
            node, kernel: onnx.parameter(node.inputs[1], kernel),
            windowAttributes(shape.vertical, shape.horizontal))
    }
}

extension GeneralConvolution: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        let kernel = Arrangement(shape: node.inputs[1].shape, order: [3, 2, 0, 1])
        return onnx.convolve(
            node, kernel: onnx.parameter(node.inputs[1], kernel),
            windowAttributes(shape.vertical, shape.horizontal) + [("group", .integer(shape.groups))])
    }
}

extension DepthwiseConvolution: ONNXTranslatable {
    func translate(_ node: Node, into onnx: inout ONNXGraph) -> StoredTensor {
        // A group of its own for each channel: the filters of the first channel, then those of the second.
        let kernel = Arrangement(shape: node.inputs[1].shape, order: [2, 3, 0, 1])
        let lengths = [node.type.shape.channels, 1, shape.vertical.window, shape.horizontal.window]
        return onnx.convolve(
            node, kernel: onnx.parameter(node.inputs[1], kernel, lengths: lengths),
            windowAttributes(shape.vertical, shape.horizontal) + [("group", .integer(shape.channels))])
    }
}

extension ONNXGraph {
    fileprivate mutating func convolve(
        _ node: Node, kernel: String, _ attributes: [(name: String, value: ONNXAttribute)]
    ) -> StoredTensor {
        let images = tensor(of: node.inputs[0], .channelsFirst(node.inputs[0].shape))
        let bias = node.inputs.dropFirst(2).map { parameter($0) }
        let name = apply("Conv", to: [images.name, kernel] + bias, attributes)
        return StoredTensor(name: name, arrangement: .channelsFirst(node.type.shape))
    }
}

/// The attributes that say how windows lie on images, in all operators with windows.
func windowAttributes(_ vertical: Windows, _ horizontal: Windows) -> [(name: String, value: ONNXAttribute)] {
    let dilations = [vertical.dilation, horizontal.dilation]
    return [
        ("kernel_shape", .integers([vertical.window, horizontal.window])),
        ("strides", .integers([vertical.stride, horizontal.stride])),
        ("pads", .integers([vertical.before, horizontal.before, vertical.after, horizontal.after])),
    ] + (dilations == [1, 1] ? [] : [("dilations", .integers(dilations))])
}

extension Windows {
    /// Zeros behind the axis, as far as windows reach.
    fileprivate var after: Int { paddedSize - before - size }
}
