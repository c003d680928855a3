import Autograd
import Layers
import Schema
import Tensors

/// Models for ONNX Runtime and everything else that reads ONNX: the recorded inference, operation by operation.
package enum ONNX: ModelFormat {
    package static let ending = ".onnx"
    package static let summary = "the whole model from images to probabilities, for ONNX Runtime and many others"

    /// The names of what a model reads and gives.
    static let input = "images", output = "probabilities"

    package static func encode(_ model: ExportedModel) throws(ExportError) -> [UInt8] {
        try checkSize(of: model)
        return try translate(model).bytes
    }

    /// What protocol buffers can hold, with room for everything but weights.
    private static let mostBytes = 1 << 31 - 1 << 24

    private static func checkSize(of model: ExportedModel) throws(ExportError) {
        let bytes = model.network.parameters.all.reduce(0) { $0 + 4 * $1.shape.count }
        guard bytes <= mostBytes else {
            throw ExportError(["an ONNX file holds less than 2 GiB, and the weights alone take \(bytes) bytes"])
        }
    }

    static func translate(_ model: ExportedModel) throws(ExportError) -> ONNXModel {
        let (recorded, images, probabilities) = try record(model.network)
        let needed = try recorded.translatable(for: probabilities)
        var onnx = ONNXGraph(recorded, model.network.parameters)
        onnx.store(images, StoredTensor(name: input, arrangement: .own(images.shape)))
        for (value, operation) in needed { try onnx.translate(value, operation) }
        onnx.rename(onnx.tensor(of: probabilities, .own(probabilities.shape)).name, to: output)
        return ONNXModel(
            name: model.name, documentation: "\(model.name), trained by mnist-lab", nodes: onnx.nodes,
            initializers: onnx.initializers,
            inputs: [
                ONNXPort(
                    name: input, lengths: images.shape.dimensions,
                    documentation: "height, width, channels; numbers as the experiment's data settings make them")
            ],
            outputs: [
                ONNXPort(
                    name: output, lengths: probabilities.shape.dimensions,
                    documentation: "one for each class, in the order of the metadata's \"classes\"")
            ],
            metadata: [
                ("tool", "mnist-lab"), ("experiment", model.name),
                ("classes", JSON(.array(model.classNames.map { JSON($0) })).compact),
            ])
    }

    /// The model's inference, with a softmax behind what gives scores.
    private static func record(_ network: Network) throws(ExportError) -> (Graph, images: Value, probabilities: Value) {
        do {
            let trace = try LayerTrace(of: network)
            var graph = trace.graph
            var probabilities = trace.output
            if !graph.isProbability(probabilities) {
                graph.layer = output
                probabilities = try graph.apply(Softmax(probabilities), to: probabilities)
            }
            return (graph, trace.images, probabilities)
        } catch {
            throw ExportError(["\(error)"])
        }
    }
}

extension Graph {
    /// The operations that a result follows from, in the order in which they were recorded; refuses those that ONNX cannot do.
    fileprivate func translatable(
        for wanted: Value
    ) throws(ExportError) -> [(value: Value, operation: any ONNXTranslatable)] {
        var isNeeded = [Bool](repeating: false, count: nodes.count)
        isNeeded[wanted.node] = true
        var found: [(value: Value, operation: any ONNXTranslatable)] = []
        var others: [Node] = []
        for index in nodes.indices.reversed() where isNeeded[index] {
            let node = nodes[index]
            guard let operation = node.operation else { continue }
            let translatable = operation as? any ONNXTranslatable
            for operand in translatable?.operands(of: node, in: self) ?? node.inputs { isNeeded[operand.node] = true }
            if let translatable { found.append((result(of: index), translatable)) } else { others.append(node) }
        }
        guard others.isEmpty else { throw ExportError(refusing: others.reversed()) }
        return found.reversed()
    }
}

extension ExportError {
    /// What is not in a file of operators.
    fileprivate init(refusing nodes: [Node]) {
        var reasons: [String] = []
        var random: [String] = []
        for node in nodes {
            if node.operation?.isRandom ?? false {
                if random.last != quoted(node.layer) { random.append(quoted(node.layer)) }
            } else {
                let name = node.operation?.name ?? "none"
                reasons.append("layer \(quoted(node.layer)): nothing translates the operation \(name) for ONNX yet")
            }
        }
        if !random.isEmpty {
            let (layers, act) = random.count == 1 ? ("layer", "acts") : ("layers", "act")
            reasons.append(
                "\(layers) \(random.joined(separator: ", ")) \(act) at random in prediction, too, which no ONNX model can "
                    + "repeat; without \"always\": true only training is random")
        }
        self.init(reasons)
    }
}
