import Autograd
import Kernels
import Tensors

/// What the layers of a model that augment make of images in training.
///
///     let augmented = try AugmentedImages(layers, input: Shape(28, 28, 1))
///     let values = try augmented?.values(of: images, count: 16, draw: 3, team: team)
package struct AugmentedImages {
    /// Of an augmented image, which may have another size.
    package let shape: Shape
    /// The layers that take part, by their names.
    package let layers: [String]
    private let graph: Graph
    private let result: Value

    /// The model's layers as far as the last one that augments before any that learns; nil where there is none.
    package init?(_ layers: [PlacedLayer], input: Shape) throws(ShapeError) {
        for last in layers.indices.reversed() where layers[last].layer is any Augmentation {
            var recorder = Recorder(layers, isTraining: true)
            recorder.graph.layer = PlacedLayer.image
            let images = try recorder.graph.feed(Recording.images, .image(input))
            let result = try recorder.record(Array(layers[...last]), images: images)
            guard recorder.graph.parameters.isEmpty else { continue }
            graph = recorder.graph
            self.result = result
            shape = result.shape
            self.layers = recorder.rows.map(\.name)
            return
        }
        return nil
    }

    /// The images after one of many draws, one image after the other.
    package func values(of images: FloatMemory, count: Int, draw: Int, team: Team) throws -> [Float] {
        let program = try Program(graph, parameters: try Parameters([]), batch: count, outputs: [result])
        program.bind(Recording.images, to: images)
        program.run(key: RandomSource(seed: 0, purpose: "augmented images", round: draw).key, team: team)
        return program.values(of: result)
    }
}
