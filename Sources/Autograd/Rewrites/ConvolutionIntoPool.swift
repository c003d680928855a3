import Tensors

/// Matches a max pool that alone reads a convolution, perhaps through a ReLU, and puts there one operation that takes maxima while
/// the sums are in the nearest cache. The whole image of sums never exists, and the gradients walk through short lists of
/// winners instead of through an image of zeros.
///
/// Forward the same sums and maxima, bit for bit. In the kernel's gradient the same products are added in another order, so
/// that it may move by a few units in the last place of its largest terms.
struct ConvolutionIntoPool: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let pool = match.operation as? MaxPooling,
            let source = rewriting.source(of: pool, reading: match.inputs[0]),
            let convolution = rewriting.operation(of: source.value) as? Convolution,
            let both = PooledConvolution(convolution, source.pool)
        else { return nil }
        return try rewriting.put(both, reading: rewriting.inputs(of: source.value))
    }
}
