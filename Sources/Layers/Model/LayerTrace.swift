import Autograd
import Kernels
import Tensors

/// A model's inference with what every layer gives at hand: as it was recorded, before operations are joined and before
/// anything is split off.
///
///     let trace = try LayerTrace(of: network)
///     let values = try trace.values(of: [0, 3], for: images, count: 2, team: team)
package struct LayerTrace {
    /// One line per layer, with those within applications.
    package let rows: [LayerRow]
    package let graph: Graph
    package let images: Value
    /// What the last layer gives.
    package let output: Value
    /// What the model says of each class, before a softmax makes probabilities of it.
    let scores: Value
    package let parameters: Parameters
    private let results: [Value]

    /// Reads the network's weights whenever it runs, so that it follows them.
    package init(of network: Network) throws(ShapeError) {
        var recorder = Recorder(network.layers, isTraining: false, learning: network.learning)
        recorder.graph.layer = PlacedLayer.image
        images = try recorder.graph.feed(Recording.images, .image(network.input))
        output = try recorder.record(network.layers, images: images)
        graph = recorder.graph
        rows = recorder.rows
        results = recorder.results
        scores = graph.scores(behind: output)
        parameters = network.parameters
    }

    /// Whether a row's layer makes no new numbers, as Flatten does, and Dropout in inference.
    package func passesOn(_ row: Int) -> Bool {
        let origin = graph.beforeReshapes(results[row])
        return origin == images || results[..<row].contains { graph.beforeReshapes($0) == origin }
    }

    /// What some rows' layers give for images, each row's values for all images one after the other.
    package func values(
        of rows: [Int], for images: FloatMemory, count: Int, team: Team
    ) throws -> [[Float]] {
        let wanted = rows.map { results[$0] }
        let program = try Program(graph, parameters: parameters, batch: count, outputs: wanted)
        program.bind(Recording.images, to: images)
        program.run(key: 0, team: team)
        return wanted.map { program.values(of: $0) }
    }
}
