import Autograd
import Layers
import Schema
import Tensors
import Testing

/// Layers that are told not to learn.
@Suite struct FrozenTests {
    private func recording(_ text: String, isTraining: Bool = true) throws -> Recording {
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: JSON(parsing: Array(text.utf8)))
        return try Recording(
            layers, input: Shape(12, 12, 1), loss: SparseCategoricalCrossentropy(), isTraining: isTraining)
    }

    private static let head = #"{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }"#

    @Test func `a frozen container freezes everything within it, and nothing is computed for that backwards`() throws {
        let recording = try recording(
            """
            [{ "type": "Residual", "trainable": false, "layers": [
               { "type": "Conv2D", "filters": 1, "kernel_size": 3, "padding": "same", "kernel_regularizer": "l2" },
               { "type": "BatchNormalization" }] },
             { "type": "Conv2D", "filters": 3, "kernel_size": 3 }, \(Self.head)]
            """)
        #expect(recording.rows.prefix(3).map(\.isFrozen) == [true, true, true])
        #expect(recording.rows.dropFirst(3).allSatisfy { !$0.isFrozen })
        #expect(recording.rows.prefix(3).flatMap(\.parameters).allSatisfy { !$0.isTrainable })
        #expect(recording.penalty == nil)
        #expect(
            recording.assignments.map(\.parameter.name).sorted() == [
                "conv2d_1/bias", "conv2d_1/kernel", "dense/bias", "dense/kernel",
            ])
        for kernels in recording.kernels.prefix(3) { #expect(kernels.backward.isEmpty, "\(kernels.layer)") }
        #expect(!recording.kernels.flatMap(\.forward).contains("moments"))
    }

    @Test func `gradients pass through a frozen layer to one that learns, and take no sums on the way`() throws {
        let recording = try recording(
            """
            [{ "type": "Conv2D", "filters": 3, "kernel_size": 3 },
             { "type": "BatchNormalization", "trainable": false },
             { "type": "Activation", "activation": "tanh" }, \(Self.head)]
            """)
        #expect(recording.assignments.contains { $0.parameter.name == "conv2d/kernel" })
        #expect(!recording.assignments.contains { $0.parameter.name.hasPrefix("batch_normalization") })
        let backward = recording.kernels.flatMap(\.backward)
        #expect(backward.contains("normalization input gradient"))
        #expect(!backward.contains("normalization sums"))
    }

    @Test func `a model of which nothing learns still has a loss`() throws {
        let recording = try recording(
            #"[{ "type": "Flatten" }, { "type": "Dense", "units": 10, "trainable": false }]"#)
        #expect(recording.assignments.isEmpty)
        let parameters = try Parameters(recording.rows.flatMap(\.parameters))
        _ = try Program(recording.graph, parameters: parameters, batch: 2, outputs: [recording.loss])
    }

    @Test func `what is frozen begins as it would have begun`() throws {
        var values: [[Float]] = []
        for trainable in ["true", "false"] {
            let recording = try recording(
                #"[{ "type": "Flatten" }, { "type": "Dense", "units": 10, "trainable": \#(trainable) }]"#)
            let parameters = try Parameters(recording.rows.flatMap(\.parameters))
            parameters.initialize(seed: 3)
            values.append(parameters.all.flatMap { parameters.values(of: $0) })
        }
        #expect(values[0] == values[1])
    }
}
