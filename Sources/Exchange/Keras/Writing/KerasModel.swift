import Layers
import Schema
import Tensors

/// A model as Keras has it: its layers, and what they read, by Keras's names and in Keras's order.
struct KerasModel {
    struct Node {
        /// What Keras calls it, which must not contain a slash.
        let name: String
        let layer: FlatLayer
        let inputs: [String]
    }

    let name: String
    let input: Shape
    /// A chain is a Sequential in Keras, anything else a Functional.
    let isSequential: Bool
    /// In the order in which Keras numbers them; it sorts the layers of a Functional itself, whatever their order in a file.
    let nodes: [Node]

    /// Throws the names of all layers that Keras does not have.
    init(_ model: ExportedModel) throws(ExportError) {
        let layers = model.network.flatLayers
        let reasons = layers.compactMap(Self.obstacle)
        guard reasons.isEmpty else { throw ExportError(reasons) }
        name = Self.modelName(model.name)
        input = model.network.input
        (nodes, isSequential) = Self.nodes(of: layers)
    }

    /// Layers by Keras's names and in Keras's order, and whether that is a chain.
    static func nodes(of layers: [FlatLayer]) -> (nodes: [Node], areSequence: Bool) {
        var names = Self.names(of: layers.map(\.name))
        var nodes: [Node] = []
        for layer in layers {
            let inputs = layer.inputs.map { names[$0] ?? $0 }
            if layer.isLeftOut {
                names[layer.name] = inputs[0]
            } else {
                nodes.append(Node(name: names[layer.name] ?? layer.name, layer: layer, inputs: inputs))
            }
        }
        let areSequence = zip(nodes, [FlatLayer.image] + nodes.map(\.name)).allSatisfy { $0.inputs == [$1] }
        return (areSequence ? nodes : functionalOrder(nodes), areSequence)
    }

    /// Why Keras cannot have a layer.
    private static func obstacle(_ layer: FlatLayer) -> String? {
        if layer.layer is RandomCrop, layer.inputShapes != [layer.outputShape] {
            return "\(layer.name) gives images another size, and in Keras RandomCrop does so in training only"
        }
        guard layer.layer.json["always"] == true else { return nil }
        return "\(layer.name) always augments, and in Keras \(layer.type) does so in training only"
    }

    /// Those of applications go by their own names where nothing else has these.
    private static func names(of paths: [String]) -> [String: String] {
        let own = paths.map(ownName)
        let counts = Dictionary(own.map { ($0, 1) }, uniquingKeysWith: +)
        var taken = Set(zip(paths, own).filter { $0 == $1 || counts[$1] == 1 }.map(\.1))
        var names = [FlatLayer.image: FlatLayer.image]
        for (path, name) in zip(paths, own) {
            guard path != name, counts[name] != 1 else {
                names[path] = name
                continue
            }
            var joined = path.replacing("/", with: "_")
            while !taken.insert(joined).inserted { joined += "_" }
            names[path] = joined
        }
        return names
    }

    /// TensorFlow takes no other letters for the beginnings of its variables' names.
    private static func modelName(_ name: String) -> String {
        let isPlain = { (letter: Character) in letter.isASCII && (letter.isLetter || letter.isNumber) }
        let plain = String(name.map { isPlain($0) || "_-.".contains($0) ? $0 : "_" })
        return plain.first.map(isPlain) == true ? plain : "model" + plain
    }
}

extension FlatLayer {
    /// The class in Keras.
    var type: String { Swift.type(of: layer).name }

    /// Whether inference does without the layer, and Keras 3 lacks it, or would not do in training what is done here: a frozen
    /// application drops nothing.
    fileprivate var isLeftOut: Bool {
        layer is RandomHeight || layer is RandomWidth || isFrozen && type == "Dropout" && name.contains("/")
    }
}

extension KerasModel {
    /// Where the weights of each layer are in a file, by the layer's name: `layers/conv2d_1/vars`.
    ///
    /// Keras numbers by classes, not by the layers' names, which differ from one session to the next.
    static func paths(of nodes: [Node]) -> [String: String] {
        var counts: [String: Int] = [:]
        var paths: [String: String] = [:]
        for node in nodes { paths[node.name] = "layers/\(numbered(node.layer.type, &counts))/vars" }
        return paths
    }
}

/// `conv2d` for the first layer of a class, then `conv2d_1`.
func numbered(_ className: String, _ counts: inout [String: Int]) -> String {
    let name = snakeCase(className)
    let number = counts[name, default: 0]
    counts[name] = number + 1
    return number == 0 ? name : "\(name)_\(number)"
}

/// The part of a name behind the last slash: what a layer of an application is called within it.
func ownName(_ path: String) -> String {
    String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
}
