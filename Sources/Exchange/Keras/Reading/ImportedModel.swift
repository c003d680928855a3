import Autograd
import Layers
import Schema
import Tensors

/// A model of others as configs say it, with its weights.
package struct ImportedModel {
    /// What it was called.
    package let name: String
    /// As in a config's `model.layers`.
    package let layers: [JSON]
    /// How it was trained, as in a config's `training`; nil where that is not known or not possible here.
    package let optimizer, loss: JSON?
    /// By the layers' names.
    package let weights: Safetensors
    /// What is otherwise than in the file, a line each.
    package let remarks: [String]

    /// Reads a model of Keras's for images of a shape; throws all that stands in the way.
    package init(_ file: KerasFile, images: Shape) throws(KerasError) {
        let flattened = KerasFlattening(file.model)
        var findings = flattened.findings
        var variables: [String: [HDF5Dataset]] = [:]
        var written: [(node: KerasNode, layer: JSON)] = []
        for node in flattened.nodes {
            let own = file.weights.variables(of: node)
            variables[node.name] = own
            if let layer = KerasTranslation(node, version: file.version, variables: own, &findings).layer {
                written.append((node, layer))
            }
        }
        let prelude = ImportedInput(flattened, images: images, &findings)
        guard findings.problems.isEmpty else { throw KerasError(findings.problems) }
        if written.isEmpty { throw KerasError("has no layers") }

        layers = prelude.layers + placed(written, after: prelude.name)
        let recorded = try Self.recorded(layers, images: images)
        weights = try importedWeights(recorded, of: flattened.nodes, variables)
        let training = ImportedTraining(file.training, endsInProbabilities: recorded.endsInProbabilities, &findings)
        (optimizer, loss) = (training.optimizer, training.loss)
        name = file.model["config"]?["name"]?.text ?? ""
        remarks = findings.remarks
    }

    /// The layers as the tool has them, or why they do not fit together.
    private static func recorded(_ layers: [JSON], images: Shape) throws(KerasError) -> Recording {
        do {
            let placed = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: JSON(.array(layers)))
            return try Recording(
                placed, input: images, loss: SparseCategoricalCrossentropy(), isTraining: false)
        } catch let error as Problems {
            throw KerasError(error.list.map { $0.rendered() })
        } catch {
            throw KerasError("\(error)")
        }
    }
}

extension Recording {
    var endsInProbabilities: Bool { output == probabilities }
}

/// Layers with their names and inputs, where these are not what they would be anyway.
private func placed(_ layers: [(node: KerasNode, layer: JSON)], after first: String) -> [JSON] {
    var counts: [String: Int] = [:]
    var last = first
    return layers.map { node, layer in
        var members = layer.members ?? []
        let type = layer["type"]?.text ?? ""
        var own = counts
        if numbered(type, &own) == node.name {
            counts = own
        } else {
            members.insert(.init("name", JSON(node.name)), at: 1)
        }
        let inputs = node.inputs.map { $0 == FlatLayer.image ? first : $0 }
        if inputs != [last] { members.append(.init("inputs", JSON(inputs))) }
        if node.arguments["trainable"] == false { members.append(.init("trainable", false)) }
        last = node.name
        return JSON(.object(members))
    }
}

/// The variables of a model's layers under the names of their parameters; throws those that do not fit.
private func importedWeights(
    _ recorded: Recording, of nodes: [KerasNode], _ variables: [String: [HDF5Dataset]]
) throws(KerasError) -> Safetensors {
    let places = Dictionary(nodes.map { ($0.name, $0) }) { first, _ in first }
    var weights = Safetensors()
    var reasons: [String] = []
    for row in recorded.rows where !row.parameters.isEmpty {
        let own = variables[row.name] ?? []
        let place = places[row.name]?.place ?? row.name
        if let node = places[row.name], node.className == "BatchNormalization", let axis = node.axis,
            axis != -1, axis != row.outputShape.rank
        {
            reasons.append("\(place): axis is \(axis), and only the last one can be normalized here")
            continue
        }
        guard own.count == row.parameters.count else {
            reasons.append("\(place): the file has \(own.count) weights, and the layer \(row.parameters.count)")
            continue
        }
        for (parameter, variable) in zip(row.parameters, own) {
            guard parameter.shape.dimensions == variable.shape else {
                reasons.append(
                    "\(place): a weight has shape \(Shape(variable.shape)), and \(parameter.name) \(parameter.shape)")
                continue
            }
            guard variable.values.allSatisfy(\.isFinite) else {
                reasons.append("\(place): \(parameter.name) has values that are no finite numbers")
                continue
            }
            weights.add(parameter.name, shape: variable.shape, variable.values)
        }
    }
    guard reasons.isEmpty else { throw KerasError(reasons) }
    return weights
}

extension KerasVariables {
    /// A layer's own weights in Keras's order.
    func variables(of node: KerasNode) -> [HDF5Dataset] {
        guard let layers = namedLayers else { return variables(at: node.path) }
        let all = layers.first { $0.layer == node.outermost }?.variables ?? []
        if node.outermost == node.place { return all.map(\.values) }
        // A model's weights are listed behind its name, those of all its layers in one list.
        return all.filter { variable in
            variable.name.split(separator: "/").dropLast().last.map(String.init) == node.ownName
        }.map(\.values)
    }
}
