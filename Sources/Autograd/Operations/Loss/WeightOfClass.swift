import Tensors

/// A constant for each image, by its class. Input: the class as a number.
package struct WeightOfClass: ImageOperation {
    let weights: [Float]

    /// One for each class.
    package init(_ weights: [Float], labels: Value) throws(ShapeError) {
        guard labels.shape == Shape(1) else { throw ShapeError("labels are single numbers", labels.shape) }
        self.weights = weights
    }

    package var resultType: ValueType { .image(Shape()) }

    package func run(_ run: borrowing Run) {
        for image in 0..<run.images { run.output[image] = weights[Int(run.input(0)[image])] }
    }
}
