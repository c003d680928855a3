import Autograd
import Tensors

/// A layer of a model as formats of others have models: a list of layers that hold no others, each of which says what it reads.
package struct FlatLayer: Sendable {
    /// Unique in the model; those of an application stand behind its name, as in `efficientnetb0/stem_conv`.
    package let name: String
    package let layer: any Layer
    /// The names of the layers that it reads, or `FlatLayer.image`.
    package let inputs: [String]
    /// Of what it reads, without the batch.
    package let inputShapes: [Shape]
    package let outputShape: Shape
    /// In the order in which the layer made them, which is also Keras's.
    package let parameters: [Parameter]
    package let isFrozen: Bool

    /// What layers call the images that they read.
    package static let image = PlacedLayer.image
}

extension Network {
    /// The model's layers, each behind those that it reads. A `Residual` is there as the `Add` of its two ways, behind the
    /// layers within it; an application is there as its own layers.
    package var flatLayers: [FlatLayer] {
        var shapes = [FlatLayer.image: input]
        // What reads an application reads its last layer.
        var ends: [String: String] = [:]
        var layers: [FlatLayer] = []
        for row in inference.rows {
            if row.layer is any Application {
                ends[row.name] = layers.last?.name
                continue
            }
            let inputs = row.inputs.map { ends[$0] ?? $0 }
            layers.append(
                FlatLayer(
                    name: row.name, layer: row.layer is Residual ? Add() : row.layer, inputs: inputs,
                    inputShapes: inputs.compactMap { shapes[$0] }, outputShape: row.outputShape,
                    parameters: row.parameters, isFrozen: row.isFrozen))
            shapes[row.name] = row.outputShape
        }
        return layers
    }
}
