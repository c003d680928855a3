import Autograd
import Schema
import Tensors

/// What RandomHeight and RandomWidth of Keras 2 have in common.
///
/// There the images of a batch get another size, ⌊factor · size⌋, and a model whose later layers want one size resizes them
/// afterwards. Here sizes never change: the layer computes what it and that Resizing would compute together. A Resizing behind
/// it, or behind both of them, has nothing left to do.
private protocol RandomStretch: Augmentation {
    var factor: Factor { get set }
    var interpolation: Interpolation { get set }
    static var isHorizontal: Bool { get }
}

extension RandomStretch {
    package static var fields: [Field<Self>] {
        let side = isHorizontal ? "width" : "height"
        return [
            .required(
                "factor", \.factor,
                in: .above(-1, upTo: 100),
                "how far the \(side) goes from 1, to both sides, or from and to; one draw a batch"),
            .optional("interpolation", \.interpolation, "how pixels between pixels are read, on both ways"),
            alwaysField,
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        guard let single = factor.single, single.magnitude >= 1 else { return }
        problems.append(
            (place["factor"] ?? place).problem(
                "a single factor goes to both sides of 1, and nothing is left at \(1 - single.magnitude)",
                remedy: "write one below 1, or from and to: [0, \(single)]"))
    }

    func augment(_ x: Value, salt: UInt64, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let factors = factor.bothSides
        let length = x.shape[Self.isHorizontal ? 1 : 0]
        return try recorder.graph.apply(
            try StretchAxis(
                x, salt: salt, alongWidth: Self.isHorizontal, isBilinear: interpolation == .bilinear
            ) { draws in max(1, Int((1 + draws.uniform(0, in: factors)) * Double(length))) }, to: x)
    }
}

/// Changes the height of a batch's images, and back.
package struct RandomHeight: RandomStretch {
    var factor = Factor(0)
    var interpolation = Interpolation.bilinear
    var always = false
    static let isHorizontal = false

    /// The factor must be given.
    package init() {}

    package static let name = "RandomHeight"
    package static let summary =
        "Resizes the images of a batch to a random height, as in Keras 2, and back to their own, while training."
}

/// Changes the width of a batch's images, and back.
package struct RandomWidth: RandomStretch {
    var factor = Factor(0)
    var interpolation = Interpolation.bilinear
    var always = false
    static let isHorizontal = true

    /// The factor must be given.
    package init() {}

    package static let name = "RandomWidth"
    package static let summary =
        "Resizes the images of a batch to a random width, as in Keras 2, and back to their own, while training."
}
