import Autograd
import Schema
import Tensors

/// x where it is positive, and alpha · x elsewhere.
package struct PReLU: UnaryLayer {
    var alphaInitializer: any InitializerSetting = Zeros()
    var alphaRegularizer: (any Regularizer)?
    var sharedAxes: [Int]?

    package init() {}

    package static let name = "PReLU"
    package static let summary = "ReLU with slopes below zero that are learned."
    package static var fields: [Field<PReLU>] {
        [
            .optional("alpha_initializer", \.alphaInitializer, as: .initializer, "how the slopes begin"),
            .optional(
                "alpha_regularizer", \.alphaRegularizer, as: Format.regularizer.orNull, "a penalty on the slopes"),
            .optional(
                "shared_axes", \.sharedAxes,
                as: Format<[Int]>.list(of: Int.format(in: 1...16), count: 1...16).orNull,
                "axes, counted from 1, along which a slope is shared; [1, 2] for one slope a channel; null for none"),
        ]
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        var lengths = x.shape.dimensions
        for axis in sharedAxes ?? [] {
            guard axis <= lengths.count else {
                throw ShapeError("values of this shape have no axis \(axis) to share slopes along", x.shape)
            }
            lengths[axis - 1] = 1
        }
        let alpha = try recorder.parameter("alpha", Shape(lengths), alphaInitializer.initializer)
        try recorder.penalize(alpha, alphaRegularizer)
        return try recorder.graph.apply(ParametricReLU(x, slopes: alpha), to: x, alpha)
    }
}
