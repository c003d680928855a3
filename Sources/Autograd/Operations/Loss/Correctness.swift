import Kernels
import Tensors

/// 1 where the largest output stands at the label, else 0. Inputs: outputs, the class as a number.
package struct Correctness: ImageOperation {
    let classes: Int

    /// For outputs in one row.
    package init(_ outputs: Value) { classes = outputs.shape.channels }

    package var resultType: ValueType { .image(Shape()) }

    package func run(_ run: borrowing Run) {
        correctness(rows: run.images, classes: classes, x: run.input(0), labels: run.input(1), y: run.output)
    }
}
