import Tensors

/// Matches a ReLU or a bounded ReLU that alone reads a convolution or a depthwise convolution, and puts there one convolution that
/// does the same to its sums before it stores them: one pass fewer over memory. (A plain ReLU of a convolution is
/// `ReLUIntoConvolution`'s.)
///
/// The same sums, bounded in registers or in the nearest cache: the same bits.
struct ActivationIntoConvolution: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let activation = match.operation as? Activation else { return nil }
        return try rewriting.join(
            match.inputs[0], with: ConvolutionEpilogue(activation: activation.function), reading: [])
    }
}
