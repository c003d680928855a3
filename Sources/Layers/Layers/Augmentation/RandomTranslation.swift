import Autograd
import Kernels
import Schema

/// Shifts each image.
package struct RandomTranslation: MovingAugmentation {
    var heightFactor = Factor(0)
    var widthFactor = Factor(0)
    var fillMode = FillMode.reflect
    var interpolation = Interpolation.bilinear
    var fillValue = 0.0
    var always = false

    /// Both factors must be given.
    package init() {}

    package static let name = "RandomTranslation"
    package static let summary = "Shifts each image by a random distance, while training."
    package static var fields: [Field<RandomTranslation>] {
        [
            .required(
                "height_factor", \.heightFactor, in: -1...1,
                "how far up and down, or from and to, as parts of the height; positive is down"),
            .required(
                "width_factor", \.widthFactor, in: -1...1,
                "how far left and right, or from and to, as parts of the width; positive is right"),
        ] + movingFields
    }

    func map(_ draws: ImageDraws, height: Int, width: Int) -> AffineMap {
        var map = AffineMap()
        map.x = Float(-Double(width) * draws.uniform(1, in: widthFactor.bothSides))
        map.y = Float(-Double(height) * draws.uniform(0, in: heightFactor.bothSides))
        return map
    }
}
