import Autograd
import Kernels
import Schema
import Tensors

/// A layer that changes every image by a draw of its own, so that a network never sees the same one twice.
///
/// In evaluation and prediction it passes images on, unless it is to act always.
protocol Augmentation: UnaryLayer {
    var always: Bool { get set }
    /// Records what happens to images while it acts; the salt tells its draws from other layers'.
    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value
    /// Records what happens to images otherwise.
    func pass(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value
}

extension Augmentation {
    /// An addition to Keras's arguments.
    static var alwaysField: Field<Self> {
        .optional(
            "always", \.always, "whether it also acts in evaluation and prediction, which Keras's layer never does")
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        guard recorder.isTraining || always else { return try pass(x, in: &recorder) }
        return try augment(x, salt: recorder.salt, in: &recorder)
    }

    func pass(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value { x }
}

extension FillMode: Setting {}

/// A layer that moves the pixels of an image.
protocol MovingAugmentation: Augmentation {
    var fillMode: FillMode { get set }
    var interpolation: Interpolation { get set }
    var fillValue: Double { get set }
    /// Where the pixels of the result are read, for an image of some height and width.
    func map(_ draws: ImageDraws, height: Int, width: Int) -> AffineMap
}

extension MovingAugmentation {
    static var movingFields: [Field<Self>] {
        [
            .optional(
                "fill_mode", \.fillMode,
                "what lies beyond the image: its reflection, a constant, the image again, or its edge"),
            .optional("interpolation", \.interpolation, "how pixels between pixels are read"),
            .optional("fill_value", \.fillValue, "the constant of that fill_mode"),
            alwaysField,
        ]
    }

    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let layer = self
        let (height, width) = (x.shape[0], x.shape[1])
        return try recorder.graph.apply(
            try AffineTransform(
                x, salt: salt, fillMode: fillMode, fillValue: Float(fillValue), isBilinear: interpolation == .bilinear
            ) { draws in layer.map(draws, height: height, width: width) }, to: x)
    }
}
