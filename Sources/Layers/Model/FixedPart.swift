import Autograd
import Tensors

/// The part of a model that makes features of images and never changes.
package struct FixedPart: Sendable {
    /// From images to features.
    package let graph: Graph
    /// What the other part reads, in the order of its feeds.
    package let features: [Value]
    let kernels: [LayerKernels]

    init(_ split: GraphSplit, _ rewrites: Rewrites) throws(ShapeError) {
        let joined = try Rewriting(split.fixed, rewrites.forward)
        let final = try Rewriting(joined.result, rewrites.backward)
        graph = final.result
        features = split.features.map { final[joined[$0]] }
        kernels = final.result.kernels(outputs: features, forwardBefore: final.result.nodes.count)
    }

    /// Floats of one image's features.
    package var floats: Int { features.reduce(0) { $0 + $1.shape.count } }
}
