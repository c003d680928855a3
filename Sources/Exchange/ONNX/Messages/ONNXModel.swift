/// A file of onnx.proto: a graph, the version of the operators in it, and what else is known of the model.
struct ONNXModel {
    /// Of the format and of the operators: what every runtime since 2022 reads, because older ones refuse newer numbers.
    private static let formatVersion = 8, operatorVersion = 17

    let name: String
    let documentation: String
    let nodes: [ONNXNode]
    let initializers: [ONNXTensor]
    let inputs: [ONNXPort]
    let outputs: [ONNXPort]
    let metadata: [(key: String, value: String)]

    var bytes: [UInt8] {
        var operators = ProtobufMessage()
        operators.add(1, "")
        operators.add(2, Self.operatorVersion)
        var model = ProtobufMessage()
        model.add(1, Self.formatVersion)
        model.add(2, "mnist-lab")
        model.add(6, documentation)
        model.add(7, graph)
        model.add(8, operators)
        for (key, value) in metadata {
            var entry = ProtobufMessage()
            entry.add(1, key)
            entry.add(2, value)
            model.add(14, entry)
        }
        return model.bytes
    }

    private var graph: ProtobufMessage {
        var graph = ProtobufMessage()
        for node in nodes { graph.add(1, node.message) }
        graph.add(2, name)
        for initializer in initializers { graph.add(5, initializer.message) }
        for input in inputs { graph.add(11, input.message) }
        for output in outputs { graph.add(12, output.message) }
        return graph
    }
}

/// An input or output of a model: floats for any number of images.
struct ONNXPort {
    let name: String
    /// Without the batch.
    let lengths: [Int]
    let documentation: String

    var message: ProtobufMessage {
        var batch = ProtobufMessage()
        batch.add(2, "batch")
        var shape = ProtobufMessage()
        shape.add(1, batch)
        for length in lengths {
            var dimension = ProtobufMessage()
            dimension.add(1, length)
            shape.add(1, dimension)
        }
        var tensor = ProtobufMessage()
        tensor.add(1, ONNXTensor.ElementType.float.rawValue)
        tensor.add(2, shape)
        var type = ProtobufMessage()
        type.add(1, tensor)
        var message = ProtobufMessage()
        message.add(1, name)
        message.add(2, type)
        message.add(3, documentation)
        return message
    }
}
