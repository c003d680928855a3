import Layers
import Schema

/// Takes a Keras model apart into layers that hold no others, each behind those that it reads.
struct KerasFlattening {
    private(set) var nodes: [KerasNode] = []
    /// Of the images, without the batch; nil where the model does not say it, and null for an open axis.
    private(set) var inputShape: [Int?]?
    private(set) var findings = KerasFindings()
    private var names = ImportedInput.names.union([FlatLayer.image])

    /// Models within models within models; Keras itself gives up somewhere, too.
    private static let deepest = 20
    private static let mostLayers = 10_000

    init(_ model: JSON) {
        inputShape = Self.shape(model["build_config"]?["input_shape"])
        _ = add(model, Surroundings(), reading: FlatLayer.image)
    }

    /// Where a model stands.
    private struct Surroundings {
        /// The names of the models around it.
        var around: [String] = []
        /// Where its layers' weights are.
        var path = "layers"
    }

    /// Appends a model's layers, and returns the name of the one that gives its result.
    private mutating func add(_ model: JSON, _ surroundings: Surroundings, reading input: String) -> String {
        let place = surroundings.around.isEmpty ? "model" : Self.place(surroundings.around)
        let className = model["class_name"]?.text ?? ""
        // In the oldest files a Sequential's config is the list itself.
        guard let config = model["config"], let layers = config["layers"]?.elements ?? config.elements else {
            findings.refuse(place, "has no list of layers")
            return input
        }
        guard surroundings.around.count < Self.deepest, nodes.count + layers.count <= Self.mostLayers else {
            findings.refuse(place, "is too large; models may have \(Self.mostLayers) layers, \(Self.deepest) deep")
            return input
        }
        if className == "Sequential" {
            if let shape = Self.shape(config["build_input_shape"]) { note(shape, surroundings) }
            return addSequence(layers, surroundings, reading: input)
        }
        return addGraph(layers, config, place, surroundings, reading: input)
    }

    private mutating func addSequence(
        _ layers: [JSON], _ surroundings: Surroundings, reading input: String
    ) -> String {
        var counts: [String: Int] = [:]
        var last = input
        for layer in layers {
            // The first layer says the shape where no InputLayer does.
            if let shape = Self.statedShape(of: layer) { note(shape, surroundings) }
            if layer.isInput { continue }
            last = add(layer, numbered(layer.className, &counts), surroundings, reading: [last])
        }
        return last
    }

    private mutating func addGraph(
        _ layers: [JSON], _ config: JSON, _ place: String, _ surroundings: Surroundings, reading input: String
    ) -> String {
        let wiring = KerasWiring(layers, config)
        guard wiring.problems.isEmpty else {
            for problem in wiring.problems { findings.refuse(place, problem) }
            return input
        }
        for remark in wiring.remarks { findings.remark(place, remark) }
        // Numbers follow the order of the file, which is that of Keras's list.
        var counts: [String: Int] = [:]
        let folders = layers.map { $0.isOperation ? "" : numbered($0.className, &counts) }
        var results: [String: String] = [:]
        for index in wiring.order {
            let layer = layers[index]
            if layer.isInput {
                if let shape = Self.statedShape(of: layer) { note(shape, surroundings) }
                results[layer.layerName] = input
            } else {
                let inputs = wiring.inputs[index].compactMap { results[$0] }
                results[layer.layerName] = add(layer, folders[index], surroundings, reading: inputs)
            }
        }
        return results[wiring.output] ?? input
    }

    /// Appends a layer, or the layers of a model that is one.
    private mutating func add(
        _ layer: JSON, _ folder: String, _ surroundings: Surroundings, reading inputs: [String]
    ) -> String {
        let ownName = layer.layerName
        let path = "\(surroundings.path)/\(folder)"
        if layer.isModel {
            let inner = Surroundings(around: surroundings.around + [ownName], path: "\(path)/layers")
            if inputs.count != 1 {
                findings.refuse(Self.place(inner.around), "is a model of \(inputs.count) inputs")
            }
            return add(layer, inner, reading: inputs.first ?? FlatLayer.image)
        }
        let place = Self.place(surroundings.around + [ownName])
        let name = unusedName(for: ownName, within: surroundings.around)
        if name != ownName { findings.remark(place, "is called \(name) here") }
        nodes.append(
            KerasNode(
                name: name, place: place, ownName: ownName, outermost: surroundings.around.first ?? ownName,
                className: layer.className, arguments: layer["config"] ?? [:], inputs: inputs, path: "\(path)/vars"))
        return name
    }

    /// A name that a config may have and that nothing else has yet: the own one, or else behind those of the models around.
    private mutating func unusedName(for own: String, within around: [String]) -> String {
        var name = plainName(own)
        if names.contains(name), !around.isEmpty { name = plainName(Self.place(around + [own])) }
        var number = 2
        let first = String(name.prefix(90))
        while !names.insert(name).inserted {
            name = "\(first)_\(number)"
            number += 1
        }
        return name
    }

    /// What messages call a layer; names from outside may be of any length.
    private static func place(_ names: [String]) -> String {
        names.map { String($0.prefix(60)) }.joined(separator: "/")
    }

    private mutating func note(_ shape: [Int?], _ surroundings: Surroundings) {
        if surroundings.around.isEmpty { inputShape = shape }
    }

    private static func statedShape(of layer: JSON) -> [Int?]? {
        shape(layer["config"]?["batch_shape"] ?? layer["config"]?["batch_input_shape"])
    }

    /// A shape without its batch; nil for what is none.
    private static func shape(_ json: JSON?) -> [Int?]? {
        guard let lengths = json?.elements, lengths.count > 1 else { return nil }
        return lengths.dropFirst().map { length in
            if case .integer(let count) = length.content { count } else { nil }
        }
    }
}

/// A name as the config's rule for names wants it: letters, digits, _ and -, a letter first.
private func plainName(_ name: String) -> String {
    let plain = String(name.prefix(90).map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" ? $0 : "_" })
    return plain.first?.isLetter == true ? plain : "layer_\(plain)"
}

extension JSON {
    /// Of a layer in a list of layers.
    var className: String { String((self["class_name"]?.text ?? "").prefix(100)) }

    var layerName: String { self["name"]?.text ?? self["config"]?["name"]?.text ?? "" }

    var isInput: Bool { className == "InputLayer" }

    /// Whether it is a model, which holds layers. Keras 2 called a Functional a Model.
    var isModel: Bool { ["Sequential", "Functional", "Model"].contains(className) }

    /// Whether it is a function such as `a + b`, and no layer: it has no weights and no number.
    var isOperation: Bool { self["module"]?.text?.contains(".ops.") == true }
}
