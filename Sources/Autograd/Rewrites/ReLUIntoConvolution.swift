import Tensors

/// Matches a ReLU that alone reads a convolution, and puts there one convolution that rectifies what it stores: one pass fewer over
/// memory.
///
/// The same sums, rectified in registers: the same bits.
struct ReLUIntoConvolution: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let x = rewriting.argument(ofReLU: match.value), rewriting.isReadOnce(x),
            let convolution = rewriting.operation(of: x) as? Convolution
        else { return nil }
        return try rewriting.put(convolution.rectified, reading: rewriting.inputs(of: x))
    }
}
