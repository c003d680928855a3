import Autograd
import Foundation
import Layers
import Schema
import Tensors
import Testing

/// What a model says is taken for probabilities where it is, and for logits elsewhere.
@Suite struct ProbabilityTests {
    private static let head = #""type": "Dense", "units": 10, "inputs": ["flatten"]"#

    /// What a model ends in, how many softmaxes it takes to know probabilities, and whether its loss is one of probabilities.
    @Test(arguments: [
        (#"{ "type": "Dense", "units": 10 }"#, 1, false),
        (#"{ "type": "Dense", "units": 10, "activation": "softmax" }"#, 1, false),
        (
            #"{ \#(head), "name": "a", "activation": "softmax" }, { \#(head), "name": "b", "activation": "softmax" }, "#
                + #"{ "type": "Average", "inputs": ["a", "b"] }"#, 2, true
        ),
        (
            #"{ \#(head), "name": "a", "activation": "softmax" }, { \#(head), "name": "b" }, "#
                + #"{ "type": "Average", "inputs": ["a", "b"] }"#, 2, false
        ),
    ])
    func `probabilities are not put through another softmax`(end: String, softmaxes: Int, hasProbabilityLoss: Bool)
        throws
    {
        let text = #"[{ "type": "Flatten" }, \#(end)]"#
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: JSON(parsing: Array(text.utf8)))
        let recording = try Recording(
            layers, input: Shape(4, 4, 1), loss: SparseCategoricalCrossentropy(), isTraining: false)
        let listing = recording.graph.listing
        #expect(listing.components(separatedBy: " = Softmax(").count - 1 == softmaxes)
        #expect(listing.contains("ProbabilityCrossEntropy(") == hasProbabilityLoss)
    }
}
