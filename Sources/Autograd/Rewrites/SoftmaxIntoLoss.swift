import Tensors

/// Matches the cross-entropy of a softmax's probabilities, and puts there the cross-entropy of its argument: the logarithm of an
/// exponential cancels, nothing overflows, and no digits are lost where a probability is near 0 or 1.
///
/// The numbers become better: by the rounding of a probability, and beyond 10⁻⁷, where probabilities are clipped, by more.
struct SoftmaxIntoLoss: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let loss = match.operation as? ProbabilityCrossEntropy,
            rewriting.operation(of: match.inputs[0]) is Softmax
        else { return nil }
        let logits = rewriting.inputs(of: match.inputs[0])[0]
        return try rewriting.put(loss.ofLogits, reading: [logits, match.inputs[1]])
    }
}
