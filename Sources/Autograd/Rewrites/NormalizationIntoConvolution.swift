import Tensors

/// Matches a normalization with fixed statistics, as in inference or where it is frozen, that alone reads a convolution or a
/// depthwise convolution, perhaps together with a ReLU or a bounded ReLU that alone reads the normalization. It puts there one
/// convolution that normalizes and rectifies its sums before it stores them: two passes fewer over memory.
///
/// The same arithmetic on the same sums, while they are in registers or in the nearest cache: the same bits. Of the gradients,
/// that of the normalization's argument is computed without the term of its statistics, which is zero.
struct NormalizationIntoConvolution: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        var normalized = match.value
        var epilogue = ConvolutionEpilogue()
        if let activation = match.operation as? Activation {
            normalized = match.inputs[0]
            epilogue.activation = activation.function
            guard rewriting.isReadOnce(normalized) else { return nil }
        }
        guard let normalize = rewriting.operation(of: normalized) as? Normalize,
            !normalize.normalization.usesBatchStatistics
        else { return nil }
        epilogue.normalization = normalize.normalization
        let inputs = rewriting.inputs(of: normalized)
        return try rewriting.join(inputs[0], with: epilogue, reading: Array(inputs.dropFirst()))
    }
}

extension Rewriting {
    /// Puts a convolution with an epilogue in the place of the operation that alone reads its sums, if it can have one.
    mutating func join(
        _ sums: Value, with epilogue: ConvolutionEpilogue, reading others: [Value]
    ) throws(ShapeError) -> Value? {
        guard isReadOnce(sums), let convolution = operation(of: sums) as? any FusibleConvolution,
            let both = FusedConvolution(convolution, epilogue)
        else { return nil }
        return try put(both, reading: inputs(of: sums) + others)
    }
}
