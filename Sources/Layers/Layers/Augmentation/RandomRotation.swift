import Autograd
import Kernels
import Schema

/// Turns each image about its middle.
package struct RandomRotation: MovingAugmentation {
    var factor = Factor(0)
    var fillMode = FillMode.reflect
    var interpolation = Interpolation.bilinear
    var fillValue = 0.0
    var always = false

    /// The factor must be given.
    package init() {}

    package static let name = "RandomRotation"
    package static let summary = "Turns each image about its middle by a random angle, while training."
    package static var fields: [Field<RandomRotation>] {
        [
            .required(
                "factor", \.factor, in: -1...1,
                "the largest angle to both sides, or the least and the largest, as parts of a full turn; "
                    + "positive is counter-clockwise")
        ] + movingFields
    }

    func map(_ draws: ImageDraws, height: Int, width: Int) -> AffineMap {
        let (sine, cosine) = sineAndCosine(turns: draws.uniform(0, in: factor.bothSides))
        let (x, y) = (Double(width - 1) / 2, Double(height - 1) / 2)
        var map = AffineMap()
        map.xx = Float(cosine)
        map.xy = Float(-sine)
        map.x = Float(x - x * cosine + y * sine)
        map.yx = Float(sine)
        map.yy = Float(cosine)
        map.y = Float(y - x * sine - y * cosine)
        return map
    }
}
