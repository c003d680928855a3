import Layers
import Schema

/// The weights in any file of Keras's: `.weights.h5`, `.keras`, or `.h5` with a model or without.
package struct KerasContents {
    private let variables: KerasVariables
    /// Layers with their weights in the order of the model; nil where the file only numbers them.
    private let layers: [LayerWeights]?

    private struct LayerWeights {
        let name: String
        let variables: [KerasVariables.Variable]
    }

    package init(parsing bytes: [UInt8]) throws(KerasError) {
        if bytes.starts(with: KerasFile.zipSignature) {
            self.init(try KerasFile(parsing: bytes))
            return
        }
        let root = try HDF5Group(readingKeras: bytes)
        if let file = try KerasFile(root) {
            self.init(file)
        } else {
            let variables = try KerasVariables(root)
            self.init(
                variables, variables.namedLayers?.map { LayerWeights(name: $0.layer, variables: $0.variables) })
        }
    }

    /// A model says where its layers' weights are, also those of models within it.
    private init(_ file: KerasFile) {
        let layers = KerasFlattening(file.model).nodes.compactMap { node -> LayerWeights? in
            let own = file.weights.variables(of: node)
            guard !own.isEmpty else { return nil }
            return LayerWeights(
                name: node.name, variables: own.enumerated().map { ("\(node.place)/\($0)", $1) })
        }
        self.init(file.weights, layers)
    }

    private init(_ variables: KerasVariables, _ layers: [LayerWeights]?) {
        self.variables = variables
        self.layers = layers
    }

    /// A tensor of the file: which parameter it is for, and what the file calls it.
    package struct Tensor {
        package let name: String
        package let original: String
        package let values: HDF5Dataset
    }

    /// The weights under the names of some layers' parameters, as far as there are layers for them. Layers find their
    /// weights by their names; where names differ, by their order, as in Keras.
    package func tensors(for wanted: [FlatLayer]) -> [Tensor] {
        guard let layers else { return numberedTensors(for: wanted) }
        let byName = Dictionary(wanted.map { (ownName($0.name), $0) }) { first, _ in first }
        // The statistics of a Normalization may be arguments here.
        let given = layers.filter { !(byName[$0.name]?.parameters.isEmpty ?? false) }
        let taking = wanted.filter { !$0.parameters.isEmpty }
        let found = given.filter { byName[$0.name] != nil }.count
        let isInOrder =
            given.count == taking.count
            && zip(given, taking).allSatisfy { $0.variables.count == $1.parameters.count }
        if found < given.count, isInOrder {
            return zip(given, taking).flatMap { Self.tensors($0.variables, for: $1) }
        }
        return given.flatMap { Self.tensors($0.variables, for: byName[$0.name]) }
    }

    private func numberedTensors(for wanted: [FlatLayer]) -> [Tensor] {
        let nodes = KerasModel.nodes(of: wanted).nodes
        let paths = KerasModel.paths(of: nodes)
        let owners = Dictionary(nodes.map { (paths[$0.name] ?? "", $0.layer) }) { first, _ in first }
        return variables.numberedPaths.filter { !(owners[$0]?.parameters.isEmpty ?? false) }.flatMap { path in
            let own = variables.variables(at: path).enumerated().map { ("\(path)/\($0)", $1) }
            return Self.tensors(own, for: owners[path])
        }
    }

    /// Variables under the names of a layer's parameters; what has none keeps its own.
    private static func tensors(_ variables: [KerasVariables.Variable], for layer: FlatLayer?) -> [Tensor] {
        variables.enumerated().map { index, variable in
            let parameters = layer?.parameters ?? []
            let name = index < parameters.count ? parameters[index].name : variable.name
            return Tensor(name: name, original: variable.name, values: variable.values)
        }
    }
}
