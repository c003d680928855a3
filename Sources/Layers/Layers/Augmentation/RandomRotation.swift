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

/// Sine and cosine of a part of a full turn, with the same bits whatever the C library; exact for quarters.
func sineAndCosine(turns: Double) -> (sine: Double, cosine: Double) {
    let quarter = (turns * 4).rounded()
    let angle = (turns * 4 - quarter) * .pi / 2
    let square = angle * angle
    var sine = 1.0
    var cosine = 1.0
    // At most an eighth of a turn: these terms are enough for a double.
    for term in stride(from: 16.0, through: 2, by: -2) {
        sine = 1 - sine * square / (term * (term + 1))
        cosine = 1 - cosine * square / (term * (term - 1))
    }
    sine *= angle
    switch Int(quarter) & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
}
