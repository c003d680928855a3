import Kernels
import Tensors

/// Matches a kernel's gradient that reads a normalized image of an earlier stage, and lets it read the image computed again.
///
/// Normalizing is one multiply-add; writing the image to memory that is too large for caches, and fetching it from there, take
/// longer. Within one stage, where a few images go through forward and backward pass together, nothing is kept anyway.
/// The same operation on the same numbers: the same bits.
struct NormalizationAgain: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard match.operation is any KernelGradient,
            let normalize = rewriting.operation(of: match.inputs[0]) as? Normalize
        else { return nil }
        let (image, upstream) = (match.inputs[0], match.inputs[1])
        guard rewriting.execution(of: image) < rewriting.execution(of: upstream) else { return nil }
        let again = try rewriting.put(
            Recomputation(operation: normalize), reading: rewriting.inputs(of: image) + [upstream])
        return try rewriting.put(match.operation, readingNew: [again] + match.inputs.dropFirst().map { rewriting[$0] })
    }
}

/// The result of an operation once more. Inputs: those of the operation, and a value whose only purpose is that it is known late.
struct Recomputation: ImageOperation {
    let operation: any ImageOperation

    var name: String { "\(operation.name)Again" }
    var title: String { "\(operation.title), computed again" }
    var resultType: ValueType { operation.resultType }
    var space: Int { operation.space }
    var scratch: Int { operation.scratch }
    var preparation: Preparation? { operation.preparation }

    func prepare(_ run: borrowing Run) { operation.prepare(run) }
    func run(_ run: borrowing Run) { operation.run(run) }
}
