import Layers
import Schema
import Tensors

extension KerasModel {
    /// What `config.json` says of the model.
    var config: JSON { isSequential ? sequential : functional }

    private var sequential: JSON {
        let layers = [inputLayer] + nodes.map(object)
        return kerasObject("keras", "Sequential", [.init("name", JSON(name)), .init("layers", JSON(.array(layers)))])
    }

    private var functional: JSON {
        var shapes = [FlatLayer.image: input]
        for node in nodes { shapes[node.name] = node.layer.outputShape }
        var layers = [placed(inputLayer, FlatLayer.image, nodes: [])]
        for node in nodes {
            let tensors = node.inputs.map { tensor($0, shape: shapes[$0] ?? input) }
            // A layer that merges is called with a list.
            let argument = tensors.count == 1 ? tensors[0] : JSON(.array(tensors))
            layers.append(placed(object(node), node.name, nodes: [["args": [argument], "kwargs": [:]]]))
        }
        return kerasObject(
            "keras.src.models.functional", "Functional",
            [
                .init("name", JSON(name)), .init("trainable", true), .init("layers", JSON(.array(layers))),
                .init("input_layers", [JSON(FlatLayer.image), 0, 0]),
                .init("output_layers", [JSON(end), 0, 0]),
            ])
    }

    /// The name of the layer whose result is the model's.
    private var end: String { nodes.last?.name ?? FlatLayer.image }

    private func object(_ node: Node) -> JSON {
        let layer = node.layer
        var common: [JSON.Member] = [.init("name", JSON(node.name)), .init("dtype", "float32")]
        // Some layers without weights refuse the argument.
        if layer.isFrozen, !layer.parameters.isEmpty { common.append(.init("trainable", false)) }
        var setting = layer.layer.json
        setting["type"] = JSON(layer.type)
        return kerasObject("keras.layers", layer.type, common + kerasArguments(of: setting))
    }

    private var inputLayer: JSON {
        kerasObject(
            "keras.layers", "InputLayer",
            [
                .init("name", JSON(FlatLayer.image)), .init("batch_shape", batchShape(input)),
                .init("dtype", "float32"),
            ])
    }

    private func placed(_ object: JSON, _ name: String, nodes: [JSON]) -> JSON {
        var object = object
        object["name"] = JSON(name)
        object["inbound_nodes"] = JSON(.array(nodes))
        return object
    }

    private func tensor(_ name: String, shape: Shape) -> JSON {
        [
            "class_name": "__keras_tensor__",
            "config": [
                "shape": batchShape(shape), "dtype": "float32", "keras_history": [JSON(name), 0, 0],
            ],
        ]
    }

    private func batchShape(_ shape: Shape) -> JSON { JSON(.array([nil] + shape.dimensions.map { JSON($0) })) }
}
