import Autograd
import Kernels
import Schema

/// Makes what each image shows smaller or larger.
package struct RandomZoom: MovingAugmentation {
    var heightFactor = Factor(0)
    var widthFactor: Factor?
    var fillMode = FillMode.reflect
    var interpolation = Interpolation.bilinear
    var fillValue = 0.0
    var always = false

    /// The height's factor must be given.
    package init() {}

    package static let name = "RandomZoom"
    package static let summary = "Makes what each image shows smaller or larger by a random factor, while training."
    package static var fields: [Field<RandomZoom>] {
        [
            .required(
                "height_factor", \.heightFactor, in: .above(-1, upTo: 1),
                "how far the height goes, to both sides, or from and to; positive makes what is shown smaller"),
            .optional(
                "width_factor", \.widthFactor, in: .above(-1, upTo: 1),
                "the same for the width; null keeps the ratio of both"),
        ] + movingFields
    }

    func map(_ draws: ImageDraws, height: Int, width: Int) -> AffineMap {
        let vertical = 1 + draws.uniform(0, in: heightFactor.bothSides)
        let horizontal = widthFactor.map { 1 + draws.uniform(1, in: $0.bothSides) } ?? vertical
        var map = AffineMap()
        map.xx = Float(horizontal)
        map.x = Float(Double(width - 1) / 2 * (1 - horizontal))
        map.yy = Float(vertical)
        map.y = Float(Double(height - 1) / 2 * (1 - vertical))
        return map
    }
}
