import Kernels
import Tensors

/// Mean and variance of every channel over the whole batch: [means][variances]. Input: anything that each image has.
package struct Moments: SumOperation {
    let rows, channels: Int

    /// Over every axis but the last.
    package init(_ x: Value) {
        channels = x.shape.channels
        rows = x.shape.count / channels
    }

    package var resultType: ValueType { .whole(Shape(2, channels)) }
    package var partFloats: Int { momentPartFloats(channels: channels) }
    /// One for every few vectors of channels.
    package var pieces: Int { max(1, channels / 64) }
    package var flops: Int { 4 * rows * channels }

    /// None of its own: `Normalize` accounts for the statistics' dependence on the images in its own gradient.
    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] { [nil] }

    package func add(_ run: borrowing Run) {
        addMoments(rows: run.images * rows, channels: channels, x: run.input(0), part: run.output)
    }

    package func combine(_ run: borrowing Run) {
        finishMoments(
            parts: run.partCount, stride: run.partStride, channels: channels, range: run.share(of: channels),
            from: run.parts, to: run.output)
    }
}

/// Moving means and variances as one value, [means][variances]. Inputs: moving mean, moving variance.
package struct MovingMoments: WholeOperation {
    let channels: Int

    /// Of so many channels.
    package init(channels: Int) { self.channels = channels }

    package var resultType: ValueType { .whole(Shape(2, channels)) }

    package func run(_ run: borrowing Run) {
        run.output.update(from: run.input(0), count: channels)
        (run.output + channels).update(from: run.input(1), count: channels)
    }
}

/// A moving statistic after this batch. Inputs: the moving statistic, the batch's moments.
package struct MovingAverage: WholeOperation {
    let channels: Int
    let momentum: Float
    let row: Int

    /// `row` 0 moves the mean, 1 the variance.
    package init(channels: Int, momentum: Float, row: Int) {
        self.channels = channels
        self.momentum = momentum
        self.row = row
    }

    package var resultType: ValueType { .whole(Shape(channels)) }

    package func run(_ run: borrowing Run) {
        movingAverage(
            count: channels, momentum: momentum, moving: run.input(0), statistic: run.input(1) + row * channels,
            to: run.output)
    }
}
