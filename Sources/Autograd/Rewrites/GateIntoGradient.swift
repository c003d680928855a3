import Tensors

/// Matches the gradient of a ReLU behind the gradient of whatever read the ReLU's result and reads it again, such as a
/// normalization, and puts there one gradient that is zero where the result is: one pass fewer over memory.
///
/// The same numbers, set to zero while they are in registers: the same bits.
struct GateIntoGradient: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let gate = match.operation as? ActivationGradient, gate.isOfReLU,
            let gradient = rewriting.operation(of: match.inputs[0]) as? any GateableGradient
        else { return nil }
        let inputs = rewriting.inputs(of: match.inputs[0])
        guard inputs[0] == match.inputs[1] else { return nil }
        return try rewriting.put(gradient.gated, reading: inputs)
    }
}

/// A gradient of its first input that can be that of a ReLU's argument at once, if the input is the ReLU's result.
protocol GateableGradient: ImageOperation {
    /// The same, zero where the input is.
    var gated: any ImageOperation { get }
}
