import Schema

/// The weights in a file of Keras's, in either of its layouts.
struct KerasVariables {
    /// A variable, and what it is called where it has a name.
    typealias Variable = (name: String, values: HDF5Dataset)

    private enum Layout {
        /// By class and number: `layers/conv2d_1/vars/0`.
        case numbered
        /// By name: the older one, with lists of names in attributes.
        case named([(layer: String, variables: [Variable])])
    }

    private let root: HDF5Group
    private let layout: Layout

    init(parsing bytes: [UInt8]) throws(KerasError) {
        try self.init(try HDF5Group(readingKeras: bytes))
    }

    /// The weights of a file, alone or behind a model.
    init(_ file: HDF5Group) throws(KerasError) {
        root = file.group(at: "model_weights") ?? file
        if let layers = root.texts("layer_names") {
            layout = .named(try Self.named(layers, in: root))
        } else if root.group(at: Self.layers) != nil || root.group(at: Self.olderLayers) != nil {
            layout = .numbered
        } else {
            throw KerasError("is an HDF5 file, but not one of Keras's: it has neither \"layers\" nor \"layer_names\"")
        }
    }

    private static let layers = "layers"
    /// What Keras 2.12 to 2.15 call the same group.
    private static let olderLayers = "_layer_checkpoint_dependencies"

    private static func named(
        _ layers: [String], in root: HDF5Group
    ) throws(KerasError) -> [(layer: String, variables: [Variable])] {
        let groups = Dictionary(root.groups.map { ($0.name, $0.group) }) { first, _ in first }
        var result: [(layer: String, variables: [Variable])] = []
        for layer in layers {
            // A layer's name may contain slashes in files of TensorFlow 1.
            guard let group = groups[layer] ?? root.group(at: layer) else {
                throw KerasError("has no group \(quoted(layer)), though it lists that layer")
            }
            var variables: [Variable] = []
            for name in group.texts("weight_names") ?? [] {
                guard let values = group.dataset(at: name) else {
                    throw KerasError("has no dataset \(quoted(name)) in \(quoted(layer)), though it lists it")
                }
                variables.append((name, values))
            }
            if !variables.isEmpty { result.append((layer, variables)) }
        }
        return result
    }

    /// The layers that have weights, with these, where they have names and no numbers.
    var namedLayers: [(layer: String, variables: [Variable])]? {
        if case .named(let layers) = layout { layers } else { nil }
    }

    /// The weights at a path of the numbered layout, such as `layers/conv2d_1/vars`, in their order.
    func variables(at path: String) -> [HDF5Dataset] {
        guard let group = root.group(at: path) ?? root.group(at: path.replacing(Self.layers, with: Self.olderLayers))
        else { return [] }
        let found = Dictionary(group.datasets.map { ($0.name, $0.dataset) }) { first, _ in first }
        return (0..<found.count).compactMap { found["\($0)"] }
    }

    /// Paths of the numbered layout that have weights: `layers/conv2d_1/vars`, also within nested models.
    var numberedPaths: [String] {
        guard case .numbered = layout else { return [] }
        var paths: [String] = []
        func visit(_ group: HDF5Group, _ path: String) {
            for (name, inner) in group.groups {
                let path = "\(path)/\(name)"
                if name == "vars", !inner.datasets.isEmpty { paths.append(path) }
                visit(inner, path)
            }
        }
        for name in [Self.layers, Self.olderLayers] {
            if let layers = root.group(at: name) { visit(layers, Self.layers) }
        }
        return paths
    }
}

extension HDF5Group {
    /// A list of strings, which Keras divides where it is too long for one attribute.
    func texts(_ name: String) -> [String]? {
        if let whole = attribute(name) { return whole.texts }
        var parts: [String] = []
        var number = 0
        while let part = attribute("\(name)\(number)")?.texts {
            parts += part
            number += 1
        }
        return number == 0 ? nil : parts
    }
}

extension HDF5Attribute {
    /// An empty list has no type that tells.
    fileprivate var texts: [String]? {
        switch self {
        case .texts(let texts): texts
        case .text(let text): [text]
        case .floats(let numbers) where numbers.isEmpty: []
        default: nil
        }
    }
}
