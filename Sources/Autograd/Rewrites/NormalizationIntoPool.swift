import Tensors

/// Matches a max pool that alone reads a batch normalization, perhaps through a ReLU, and puts there one operation: of the
/// normalized image only the maxima are wanted, and of the gradient's image only the winners are not zero.
///
/// Forward the same bits. The sums over gradients that the normalization needs are added in another order.
struct NormalizationIntoPool: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let pool = match.operation as? MaxPooling,
            let source = rewriting.source(of: pool, reading: match.inputs[0]),
            let operation = rewriting.operation(of: source.value) as? Normalize,
            let both = PooledNormalization(operation.normalization, source.pool)
        else { return nil }
        return try rewriting.put(both, reading: rewriting.inputs(of: source.value))
    }
}
