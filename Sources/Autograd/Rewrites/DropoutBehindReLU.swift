import Tensors

/// Matches a dropout whose argument a ReLU made, perhaps with a pool or reshapes between them, and puts there one whose gradient
/// looks at the result instead of drawing again: what is zero there was dropped or rectified, and has no gradient either way.
///
/// Gradients are zero in more places, all of which the ReLU would make zero: the same bits behind it.
struct DropoutBehindReLU: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard var dropout = match.operation as? DropElements, isRectified(match.inputs[0], rewriting) else {
            return nil
        }
        dropout.isBehindReLU = true
        return try rewriting.put(dropout, reading: match.inputs)
    }

    private func isRectified(_ value: Value, _ rewriting: Rewriting) -> Bool {
        let value = rewriting.beforeReshapes(value)
        if rewriting.operation(of: value) is MaxPooling {
            return rewriting.argument(ofReLU: rewriting.inputs(of: value)[0]) != nil
        }
        return rewriting.argument(ofReLU: value) != nil
    }
}
