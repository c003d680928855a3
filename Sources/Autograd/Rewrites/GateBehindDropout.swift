import Tensors

/// Matches the gradient of a ReLU, alone or in a pool, that has just come through the gradient of a dropout behind that ReLU,
/// and puts nothing there: it is zero already wherever the ReLU's result is.
///
/// The same bits, but for the sign of zeros.
struct GateBehindDropout: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        let result: Value
        if let gradient = match.operation as? ActivationGradient, gradient.isOfReLU {
            result = match.inputs[1]
        } else if match.operation is WinnerGate {
            // Winners are noted beside the maxima.
            result = rewriting.inputs(of: match.inputs[1])[0]
        } else {
            return nil
        }
        let gradient = rewriting.beforeReshapes(match.inputs[0])
        guard rewriting.operation(of: gradient) is RectifiedDropoutGradient else { return nil }
        let dropped = rewriting.inputs(of: rewriting.inputs(of: gradient)[1])[0]
        guard rewriting.beforeReshapes(dropped) == rewriting.beforeReshapes(result) else { return nil }
        return rewriting[match.inputs[0]]
    }
}
