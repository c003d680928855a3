import Autograd
import Kernels
import Tensors

/// In which direction each pixel of an image would have to change for one class to become more likely: the gradients of
/// classes' scores with respect to images, compiled for a number of images.
///
///     let gradients = try ScoreGradients(of: LayerTrace(of: network), batch: 2)
///     let towards7 = gradients.run(images: images, classes: [7, 7], team: team)
package final class ScoreGradients {
    private let program: Program
    private let gradient: Value
    private let chosen: FloatMemory
    private let classes: Int
    private let batch: Int

    /// Scores are what the model gives before a softmax: a softmax's gradients vanish where it is sure.
    package init(of trace: LayerTrace, batch: Int) throws {
        var graph = trace.graph
        graph.layer = "(score)"
        let chosenClass = try graph.feed(Self.chosenClass, trace.scores.type)
        gradient = try graph.gradients(of: trace.scores, upstream: chosenClass, withRespectTo: [trace.images])[0]
        program = try Program(graph, parameters: trace.parameters, batch: batch, outputs: [gradient])
        classes = trace.scores.shape.count
        chosen = try FloatMemory(count: batch * classes)
        self.batch = batch
    }

    private static let chosenClass = "chosen class"

    /// The gradient of one class's score for each image, one image after the other.
    package func run(images: FloatMemory, classes chosenClasses: [Int], team: Team) -> [Float] {
        precondition(chosenClasses.count == batch && chosenClasses.allSatisfy((0..<classes).contains))
        chosen.set(repeatElement(0, count: chosen.count))
        for (image, number) in chosenClasses.enumerated() { chosen.set([1], at: image * classes + number) }
        program.bind(Recording.images, to: images)
        program.bind(Self.chosenClass, to: chosen)
        program.run(key: 0, team: team)
        return program.values(of: gradient)
    }
}
