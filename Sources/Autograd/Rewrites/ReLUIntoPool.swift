import Tensors

/// Matches a max pool that alone reads a ReLU, and puts there a pool of the ReLU's argument that rectifies its maxima: fewer
/// numbers than all.
///
/// The largest of rectified numbers is the rectified largest: the same bits. Where no number is positive, another one may be
/// noted as the winner, but none gets a gradient.
struct ReLUIntoPool: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let pool = match.operation as? MaxPooling, rewriting.isReadOnce(match.inputs[0]),
            let x = rewriting.argument(ofReLU: match.inputs[0])
        else { return nil }
        return try rewriting.put(pool.rectified, reading: [x])
    }
}

extension Rewriting {
    /// What a max pool would read without the ReLU before it, if that is all it takes to get at it; and the pool that does
    /// the ReLU's work.
    func source(of pool: MaxPooling, reading x: Value) -> (value: Value, pool: MaxPooling)? {
        guard isReadOnce(x) else { return nil }
        guard let argument = argument(ofReLU: x) else { return (x, pool) }
        return isReadOnce(argument) ? (argument, pool.rectified) : nil
    }
}
