import Autograd
import Kernels
import Tensors

/// A model's inference as far as one of its layers: what that layer gives for images.
///
///     let probe = try LayerProbe(layers, input: network.input, layer: "dense")
///     let features = try probe.values(network.parameters, images: images, batch: 128, team: team)
package struct LayerProbe {
    /// What the layer gives for one image.
    package let shape: Shape
    private let graph: Graph
    private let value: Value

    /// The names that a layer can be asked for by are those of `Recording.rows`.
    package init?(_ layers: [PlacedLayer], input: Shape, layer: String) throws(ShapeError) {
        var recorder = Recorder(layers, isTraining: false)
        recorder.graph.layer = PlacedLayer.image
        let images = try recorder.graph.feed(Recording.images, .image(input))
        _ = try recorder.record(layers, images: images)
        guard let value = recorder.result(of: layer) else { return nil }
        graph = recorder.graph
        self.value = value
        shape = value.shape
    }

    /// The layer's values for a batch of images, one image after the other.
    package func values(
        _ parameters: Parameters, images: FloatMemory, batch: Int, team: Team
    ) throws -> [Float] {
        let program = try Program(graph, parameters: parameters, batch: batch, outputs: [value])
        program.bind(Recording.images, to: images)
        program.run(key: 0, team: team)
        return program.values(of: value)
    }
}
