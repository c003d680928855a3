import Kernels
import Tensors

extension PoolingShape {
    /// Windows of a pool over images (height, width, channels).
    init(
        _ x: Value, window: (vertical: Int, horizontal: Int), strides: (vertical: Int, horizontal: Int), same: Bool
    ) throws(ShapeError) {
        guard x.shape.rank == 3 else {
            throw ShapeError("pooling takes images (height, width, channels)", x.shape)
        }
        guard
            let vertical = Windows(size: x.shape[0], window: window.vertical, stride: strides.vertical, same: same),
            let horizontal = Windows(
                size: x.shape[1], window: window.horizontal, stride: strides.horizontal, same: same)
        else {
            throw ShapeError(
                "the pool is larger than the image; a smaller pool_size or padding \"same\" fits",
                Shape(window.vertical, window.horizontal), x.shape)
        }
        let positions = Double(vertical.count) * Double(horizontal.count) * Double(x.shape[2])
        let seen = Shape(min(vertical.window, vertical.size), min(horizontal.window, horizontal.size))
        try checkCost(products: positions * Double(seen.count), seen, x.shape)
        self.init(vertical: vertical, horizontal: horizontal, channels: x.shape[2])
    }

    var inputType: ValueType { .image(Shape(vertical.size, horizontal.size, channels)) }
    var outputType: ValueType { .image(Shape(vertical.count, horizontal.count, channels)) }
    var flops: Int {
        outputCount * min(vertical.window, vertical.size) * min(horizontal.window, horizontal.size)
    }
}

/// The largest value of every window, or zero where none is positive, if the pool rectifies. Input: images.
///
/// Beside the maxima it notes where each of them stood, for the gradient.
package struct MaxPooling: ImageOperation {
    package let shape: PoolingShape
    /// Whether a ReLU before it is part of it.
    private(set) var rectifies = false

    /// Windows as in Keras; padding never wins.
    package init(
        _ x: Value, window: (vertical: Int, horizontal: Int), strides: (vertical: Int, horizontal: Int), same: Bool
    ) throws(ShapeError) {
        shape = try PoolingShape(x, window: window, strides: strides, same: same)
    }

    /// The same behind a ReLU, of the ReLU's argument.
    var rectified: MaxPooling {
        var copy = self
        copy.rectifies = true
        return copy
    }

    package var title: String { rectifies ? "ReLU + max pool" : "max pool" }
    package var resultType: ValueType { shape.outputType }
    package var byproduct: ValueType? { shape.outputType }
    package var flops: Int { shape.flops }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (maxima, winners) = try maximaGradient(request, in: &graph)
        return [try graph.apply(MaxPoolingGradient(shape: shape), to: maxima, winners)]
    }

    /// The gradient of the maxima, zero for those that rectification made zero, and where they stood.
    func maximaGradient(
        _ request: GradientRequest, in graph: inout Graph
    ) throws(ShapeError) -> (maxima: Value, winners: Value) {
        let winners = try graph.byproduct(of: request.output)
        guard rectifies else { return (request.upstream, winners) }
        return (try graph.apply(WinnerGate(resultType: request.upstream.type), to: request.upstream, winners), winners)
    }

    package func run(_ run: borrowing Run) {
        maxPool(
            shape, images: run.images, x: run.input(0), rectifies: rectifies, y: run.output, winners: run.byproduct)
    }
}

/// Lets the gradients of those maxima pass that rectification did not make zero. Inputs: gradients, winners.
struct WinnerGate: ImageOperation {
    let resultType: ValueType
    var overwritable: [Int] { [0] }

    func run(_ run: borrowing Run) {
        gateWinners(
            count: run.images * resultType.shape.count, winners: run.input(1), dy: run.input(0), to: run.output)
    }
}

/// Sends every gradient to where its maximum stood. Inputs: the gradient of the maxima, winners.
struct MaxPoolingGradient: ImageOperation {
    let shape: PoolingShape

    var resultType: ValueType { shape.inputType }
    var flops: Int { shape.flops }

    func run(_ run: borrowing Run) {
        maxPoolGradient(shape, images: run.images, winners: run.input(1), dy: run.input(0), dx: run.output)
    }
}

/// The mean of every window. Input: images.
package struct AveragePooling: ImageOperation {
    package let shape: PoolingShape

    /// Windows as in Keras; padding is not counted.
    package init(
        _ x: Value, window: (vertical: Int, horizontal: Int), strides: (vertical: Int, horizontal: Int), same: Bool
    ) throws(ShapeError) {
        shape = try PoolingShape(x, window: window, strides: strides, same: same)
    }

    package var resultType: ValueType { shape.outputType }
    package var flops: Int { shape.flops }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(AveragePoolingGradient(shape: shape), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        averagePool(shape, images: run.images, x: run.input(0), y: run.output)
    }
}

/// Shares every gradient out over its window. Input: the gradient of the means.
struct AveragePoolingGradient: ImageOperation {
    let shape: PoolingShape

    var resultType: ValueType { shape.inputType }
    var flops: Int { shape.flops }

    func run(_ run: borrowing Run) {
        averagePoolGradient(shape, images: run.images, dy: run.input(0), dx: run.output)
    }
}
