import Kernels
import Tensors

/// The gradient of a bias, db = Σ dy over images and pixels, since ∂y/∂b = 1 wherever the bias was added. Input: the gradient
/// of the result.
struct BiasGradient: SumOperation {
    let rows, channels: Int

    init(_ dy: Value) {
        channels = dy.shape.channels
        rows = dy.shape.count / max(channels, 1)
    }

    var resultType: ValueType { .whole(Shape(channels)) }
    var flops: Int { rows * channels }

    func add(_ run: borrowing Run) {
        addColumnSums(rows: run.images * rows, columns: channels, x: run.input(0), sums: run.output)
    }
}
