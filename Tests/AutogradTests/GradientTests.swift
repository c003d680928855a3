import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct GradientTests {
    @Test(arguments: OperationCase.all)
    func `gradients are the slopes of the results`(_ example: OperationCase) throws {
        let check = try GradientCheck(batch: example.batch, example.inputs(example.batch), record: example.record)
        let (error, input) = try check.largestError()
        #expect(error < 3e-3, "of \(input)")
    }

    @Test func `backpropagation appends what its documentation shows`() throws {
        var graph = Graph()
        let x = try graph.feed("images", .image(Shape(784)))
        let labels = try graph.feed("labels", .image(Shape(1)))
        let kernel = Parameter(name: "dense/kernel", shape: Shape(784, 16), initializer: .glorotUniform)
        let w = try graph.parameter(kernel)
        let z = try graph.apply(MatrixProduct(x, weights: w, hasBias: false), to: x, w)
        let losses = try graph.apply(CrossEntropy(z, labels: labels, smoothing: 0), to: z, labels)
        let loss = try graph.apply(BatchMean(losses), to: losses)
        _ = try graph.gradients(of: loss, withRespectTo: [w])

        let file = URL(filePath: #filePath).appending(path: "../../../Sources/Autograd/Graph/Gradients.swift")
            .standardized
        let documented = try String(contentsOf: file, encoding: .utf8).matches(
            of: #/    \/\/\/     (%.*?)(?:  +.*)?\n/#)
        #expect(documented.map { String($0.1) } == graph.listing.split(separator: "\n").map(String.init))
    }
}
