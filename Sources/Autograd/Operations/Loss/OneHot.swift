import Tensors

/// A row with 1 at the class and 0 elsewhere. Input: the class as a number.
package struct OneHot: ImageOperation {
    let classes: Int

    /// A row of that many.
    package init(classes: Int) { self.classes = classes }

    package var resultType: ValueType { .image(Shape(classes)) }

    package func run(_ run: borrowing Run) {
        run.output.update(repeating: 0, count: run.images * classes)
        for image in 0..<run.images { run.output[image * classes + Int(run.input(0)[image])] = 1 }
    }
}
