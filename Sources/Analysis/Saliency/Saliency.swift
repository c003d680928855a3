import Autograd
import Kernels
import Layers
import Tensors

/// Which pixels speak for a class: the gradient of its score with respect to the image.
///
/// A single gradient jumps from pixel to pixel. Smilkov and others (SmoothGrad, 2017) take the mean over copies of the image to
/// which noise is added, and what remains is what the network minds.
///
///     let saliency = try Saliency(of: network)
///     let map = saliency.map(of: image, class: 7, team: team)
package final class Saliency {
    private let gradients: ScoreGradients
    private let images: FloatMemory
    private let size: Int
    private let copies: Int
    private let deviation: Float

    /// - Parameters:
    ///   - copies: over how many the mean is taken; one without noise is the plain gradient.
    ///   - deviation: the noise's standard deviation, where pixels go from 0 to 1.
    package init(of network: Network, copies: Int = 64, deviation: Float = 0.15) throws {
        precondition(copies > 0)
        gradients = try ScoreGradients(of: LayerTrace(of: network), batch: copies)
        size = network.input.count
        images = try FloatMemory(count: copies * size)
        self.copies = copies
        self.deviation = deviation
    }

    /// A number for each pixel and channel: above zero where more light makes the class more likely. The noise is the same for
    /// every image, so that maps can be compared.
    package func map(of image: [Float], class number: Int, team: Team) -> [Float] {
        precondition(image.count == size)
        let noise = RandomSource(seed: 0, purpose: "saliency")
        for copy in 0..<copies {
            let first = copy * size
            images.set(
                image.indices.lazy.map { image[$0] + self.deviation * Float(noise.normal(at: first + $0)) }, at: first)
        }
        let all = gradients.run(images: images, classes: [Int](repeating: number, count: copies), team: team)
        return (0..<size).map { pixel in
            let sum = stride(from: pixel, to: all.count, by: size).reduce(0.0) { $0 + Double(all[$1]) }
            return Float(sum / Double(copies))
        }
    }
}
