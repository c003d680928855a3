import Autograd
import Tensors

/// Refuses every axis but the last, which Keras counts as -1, or from the batch as 0.
func requireLast(_ axis: Int, of x: Value) throws(ShapeError) {
    guard axis == -1 || axis == x.shape.rank else {
        throw ShapeError("works along the last axis only; \"axis\" must be -1, not \(axis)", x.shape)
    }
}

/// Refuses what is no image.
func requireImages(_ x: Value) throws(ShapeError) {
    guard x.shape.rank == 3 else {
        throw ShapeError("takes images (height, width, channels); it must come before Flatten", x.shape)
    }
}
