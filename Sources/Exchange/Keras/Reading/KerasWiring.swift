import Schema

/// Which layer of a Functional reads which, and an order in which each stands behind those that it reads.
struct KerasWiring {
    /// For each layer of the list, the names of those that it reads.
    private(set) var inputs: [[String]] = []
    /// Places in the list.
    private(set) var order: [Int] = []
    private(set) var output = ""
    private(set) var problems: [String] = []
    private(set) var remarks: [String] = []

    init(_ layers: [JSON], _ config: JSON) {
        for layer in layers { inputs.append(readers(of: layer)) }
        if layers.filter(\.isInput).count != 1 {
            problems.append("has \(layers.filter(\.isInput).count) inputs; only one can be done")
        }
        let outputs = Self.tensors(config["output_layers"])
        output = outputs.first ?? ""
        if outputs.count != 1 { problems.append("has \(outputs.count) outputs; only one can be done") }
        sort(layers)
        if problems.isEmpty { leaveOutDeadEnds(layers) }
    }

    /// Takes away what does not lead to the output. Keras writes no such layers, but others do.
    private mutating func leaveOutDeadEnds(_ layers: [JSON]) {
        var needed: Set<String> = [output]
        for index in order.reversed() where needed.contains(layers[index].layerName) {
            needed.formUnion(inputs[index])
        }
        let others = order.filter { !needed.contains(layers[$0].layerName) && !layers[$0].isInput }
        guard !others.isEmpty else { return }
        order.removeAll(where: others.contains)
        let names = others.map { quoted(layers[$0].layerName) }.joined(separator: ", ")
        remarks.append("leads to no result by way of \(names), which \(others.count == 1 ? "is" : "are") left out")
    }

    private mutating func readers(of layer: JSON) -> [String] {
        if layer.isInput { return [] }
        let name = quoted(layer.layerName)
        let calls = layer["inbound_nodes"]?.elements ?? []
        guard calls.count == 1, let call = calls.first else {
            problems.append("\(name) is called \(calls.count) times; layers with shared weights cannot be done")
            return []
        }
        let (arguments, keywords) = Self.arguments(of: call)
        for (key, value) in keywords where value != nil {
            if key == "training", value == false {
                remarks.append("\(name) is called with training=False, which only \"trainable\": false does here")
            } else if key != "training" {
                problems.append("\(name) is called with \(key), which cannot be done")
            }
        }
        let names = arguments.map { Self.name(of: $0) }
        if names.contains(nil) || names.isEmpty {
            problems.append("\(name) reads something that is no layer's result")
        }
        return names.compactMap(\.self)
    }

    /// What a layer is called with, lists opened, and the keywords.
    private static func arguments(of call: JSON) -> (arguments: [JSON], keywords: [(String, JSON)]) {
        if let arguments = call["args"]?.elements {
            let opened = arguments.flatMap { $0.elements.map { Self.isHistory($0) ? [] : $0 } ?? [$0] }
            return (opened, (call["kwargs"]?.members ?? []).map { ($0.key, $0.value) })
        }
        // The older way: a list of ["name", 0, 0, {…}].
        let tensors = call.elements ?? []
        let keywords = tensors.flatMap { $0[3]?.members ?? [] }.map { ($0.key, $0.value) }
        return (tensors, keywords)
    }

    private static func isHistory(_ elements: [JSON]) -> Bool { elements.first?.text != nil }

    /// The layer whose result something is.
    private static func name(of tensor: JSON) -> String? {
        let history = tensor["config"]?["keras_history"] ?? tensor
        guard let name = history[0]?.text, history[2] == 0 else { return nil }
        return name
    }

    /// `["a", 0, 0]`, or a list of such.
    private static func tensors(_ json: JSON?) -> [String] {
        guard let elements = json?.elements else { return [] }
        return isHistory(elements) ? [elements[0].text ?? ""] : elements.compactMap { $0[0]?.text }
    }

    /// Keras sorts its list itself, but files of others need not.
    private mutating func sort(_ layers: [JSON]) {
        guard problems.isEmpty else { return }
        let numbers = Dictionary(layers.enumerated().map { ($1.layerName, $0) }) { first, _ in first }
        guard numbers.count == layers.count else {
            problems.append("has two layers of one name")
            return
        }
        if inputs.enumerated().allSatisfy({ index, names in names.allSatisfy { numbers[$0, default: index] < index } })
        {
            order = Array(layers.indices)
            if numbers[output] == nil { problems.append("has an output that no layer gives") }
            return
        }
        var missing = inputs.map { Set($0).count }
        var readers: [String: [Int]] = [:]
        for (index, names) in inputs.enumerated() {
            for name in Set(names) { readers[name, default: []].append(index) }
        }
        var ready = layers.indices.filter { missing[$0] == 0 }
        var next = 0
        while next < ready.count {
            let index = ready[next]
            next += 1
            for reader in readers[layers[index].layerName] ?? [] {
                missing[reader] -= 1
                if missing[reader] == 0 { ready.append(reader) }
            }
        }
        guard ready.count == layers.count, numbers[output] != nil else {
            problems.append("has layers that read what there is not, or each other")
            return
        }
        order = ready
    }
}
