import Kernels
import Tensors

/// The gradient with respect to what a normalization with fixed statistics reads: γ / √(variance + ε) times that of its result.
/// Inputs: the gradient, moments, perhaps γ.
struct NormalizationSlope: ImageOperation {
    let normalization: Normalization

    var title: String { "normalization input gradient" }
    var resultType: ValueType { normalization.type }
    var flops: Int { resultType.shape.count }
    var overwritable: [Int] { [0] }
    var preparation: Preparation? { normalization.preparation }

    func prepare(_ run: borrowing Run) { normalization.prepareSlope(run) }

    func run(_ run: borrowing Run) {
        normalize(
            rows: run.images * normalization.rows, channels: normalization.channels, x: run.input(0),
            coefficients: run.prepared, y: run.output)
    }
}
