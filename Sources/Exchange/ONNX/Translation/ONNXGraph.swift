import Autograd
import Tensors

/// A model's nodes and initializers, as operations write them one after the other.
struct ONNXGraph {
    private(set) var nodes: [ONNXNode] = []
    private(set) var initializers: [ONNXTensor] = []
    /// What is translated.
    let recorded: Graph
    private let parameters: Parameters
    /// The tensors that hold a value's numbers, by the node that computes them.
    private var tensors: [Int: [StoredTensor]] = [:]
    /// The layer whose operations are being translated.
    private var layer = ""
    private var usedNames: Set<String> = []

    init(_ recorded: Graph, _ parameters: Parameters) {
        self.recorded = recorded
        self.parameters = parameters
    }

    /// Translates one of the recorded nodes.
    mutating func translate(_ value: Value, _ operation: any ONNXTranslatable) throws(ExportError) {
        let node = recorded.nodes[value.node]
        layer = node.layer
        store(value, try operation.translate(node, into: &self))
    }

    /// Notes that a tensor holds a value; views of it are the same numbers.
    mutating func store(_ value: Value, _ tensor: StoredTensor) {
        usedNames.insert(tensor.name)
        guard !tensors(of: value).contains(where: { $0.name == tensor.name }) else { return }
        tensors[recorded.beforeReshapes(value).node, default: []].append(tensor)
    }

    /// The tensors that hold a value's numbers, perhaps under another shape; the first is the one that was computed.
    func tensors(of value: Value) -> [StoredTensor] { tensors[recorded.beforeReshapes(value).node] ?? [] }

    /// Does something in the name of the layer that computes a value.
    mutating func onBehalf<Result>(of value: Value, _ body: (inout ONNXGraph) -> Result) -> Result {
        let current = layer
        defer { layer = current }
        layer = recorded.nodes[value.node].layer
        return body(&self)
    }
}

extension ONNXGraph {
    /// Writes a node for the current layer; its name is also that of the tensor it gives.
    mutating func apply(
        _ type: String, to inputs: [String], _ attributes: [(name: String, value: ONNXAttribute)] = []
    ) -> String {
        let name = unused("\(layer)/\(type)")
        nodes.append(ONNXNode(type: type, name: name, inputs: inputs, output: name, attributes: attributes))
        return name
    }

    /// Writes numbers that the current layer needs.
    mutating func initializer(_ role: String, _ lengths: [Int], _ numbers: [Float]) -> String {
        initializer(named: "\(layer)/\(role)", lengths, numbers)
    }

    /// A single number that the current layer needs.
    mutating func constant(_ role: String, _ number: Float) -> String { initializer(role, [], [number]) }

    /// Integers that say how the current layer moves numbers.
    mutating func integers(_ role: String, _ integers: [Int]) -> String {
        let name = unused("\(layer)/\(role)")
        initializers.append(ONNXTensor(name, integers))
        return name
    }

    /// Writes a parameter under its own name.
    mutating func parameter(_ value: Value, _ arrangement: Arrangement? = nil, lengths: [Int]? = nil) -> String {
        guard let parameter = recorded.parameter(of: value) else { preconditionFailure("no parameter") }
        let arrangement = arrangement ?? .own(parameter.shape)
        return initializer(
            named: parameter.name, lengths ?? arrangement.lengths,
            arrangement.arranged(parameters.values(of: parameter)))
    }

    private mutating func initializer(named name: String, _ lengths: [Int], _ numbers: [Float]) -> String {
        let name = unused(name)
        initializers.append(ONNXTensor(name, lengths, numbers))
        return name
    }

    /// The name, with a number from the second on.
    private mutating func unused(_ name: String) -> String {
        var unused = name
        var count = 0
        while !usedNames.insert(unused).inserted {
            count += 1
            unused = "\(name)_\(count)"
        }
        return unused
    }

    /// Gives a tensor another name.
    mutating func rename(_ tensor: String, to name: String) {
        for index in nodes.indices {
            if nodes[index].output == tensor { nodes[index].output = name }
            nodes[index].inputs = nodes[index].inputs.map { $0 == tensor ? name : $0 }
        }
    }
}
