// Images stretched along one axis and back: resampled to another length, and from that to their own.
//
// Both are linear, so that a pixel of the result is a sum of at most four of the image. Which four, and their weights, is the same
// for every line and listed once; images of the other length are never made.
// Limit: loads and stores along the height; along the width of few channels, the loads of single floats.

/// Lines of elements, each of `inner` floats one after the other, that are resampled.
package struct Stretching: Sendable, Hashable {
    /// How many lines, of how many elements.
    package let outer, length, inner: Int
    /// Whether neighbours are weighted, or the nearest is taken.
    package let isBilinear: Bool

    package init(outer: Int, length: Int, inner: Int, isBilinear: Bool) {
        self.outer = outer
        self.length = length
        self.inner = inner
        self.isBilinear = isBilinear
    }

    /// Floats of one image.
    package var count: Int { outer * length * inner }
    /// Floats of the list of weights.
    package var listCount: Int { 8 * length }

    /// Lists four places and four weights for each element.
    package func list(stretchedTo middle: Int, in list: UnsafeMutablePointer<Float>) {
        for index in 0..<length {
            let back = source(of: index, of: length, in: middle)
            let left = source(of: back.left, of: middle, in: length)
            let right = source(of: back.right, of: middle, in: length)
            let entry = list + 8 * index
            entry[0] = Float(left.left)
            entry[1] = Float(left.right)
            entry[2] = Float(right.left)
            entry[3] = Float(right.right)
            entry[4] = (1 - back.weight) * (1 - left.weight)
            entry[5] = (1 - back.weight) * left.weight
            entry[6] = back.weight * (1 - right.weight)
            entry[7] = back.weight * right.weight
        }
    }

    /// What an element of a resized line is made of: pixels are as wide as the lines are long, and edges meet edges.
    private func source(of index: Int, of count: Int, in length: Int) -> (left: Int, right: Int, weight: Float) {
        let place = (Float(index) + 0.5) * (Float(length) / Float(count))
        guard isBilinear else {
            let nearest = min(Int(place), length - 1)
            return (nearest, nearest, 0)
        }
        let whole = (place - 0.5).rounded(.down)
        return (max(Int(whole), 0), min(Int(whole) + 1, length - 1), place - 0.5 - whole)
    }
}

/// One image stretched and back, as a list says.
package func stretch(
    _ shape: Stretching, list: UnsafePointer<Float>, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    let (inner, line) = (shape.inner, shape.length * shape.inner)
    for index in 0..<shape.length {
        let weights = UnsafePointer(list) + 8 * index + 4
        let (w0, w1, w2, w3) = (weights[0], weights[1], weights[2], weights[3])
        let places = shape.places(of: index, in: list)
        for first in stride(from: 0, to: shape.count, by: line) {
            let (x, target) = (x + first, y + first + index * inner)
            let sources = (x + places.0, x + places.1, x + places.2, x + places.3)
            if inner < laneCount {
                for place in 0..<inner {
                    let sum = (sources.0[place] * w0).adding(sources.1[place], times: w1)
                    let rest = (sources.2[place] * w2).adding(sources.3[place], times: w3)
                    target[place] = sum + rest
                }
            } else {
                forEachVector(inner) { place, count in
                    let sum = ((sources.0 + place).lanes(count: count) * w0)
                        .adding((sources.1 + place).lanes(count: count), times: Lanes(repeating: w1))
                    let rest = ((sources.2 + place).lanes(count: count) * w2)
                        .adding((sources.3 + place).lanes(count: count), times: Lanes(repeating: w3))
                    (target + place).store(sum + rest, count: count)
                }
            }
        }
    }
}

/// The gradient of `stretch`: the same weights, the other way.
package func stretchGradient(
    _ shape: Stretching, list: UnsafePointer<Float>, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>
) {
    let (inner, line) = (shape.inner, shape.length * shape.inner)
    dx.update(repeating: 0, count: shape.count)
    for index in 0..<shape.length {
        let weights = UnsafePointer(list) + 8 * index + 4
        let places = shape.places(of: index, in: list)
        for first in stride(from: 0, to: shape.count, by: line) {
            let (dx, source) = (dx + first, dy + first + index * inner)
            func give(_ place: Int, _ weight: Float) {
                let target = dx + place
                for place in 0..<inner { target[place] = target[place].adding(source[place], times: weight) }
            }
            give(places.0, weights[0])
            give(places.1, weights[1])
            give(places.2, weights[2])
            give(places.3, weights[3])
        }
    }
}

extension Stretching {
    /// Where the four elements that make one of the result begin in their line.
    @inline(__always)
    fileprivate func places(of index: Int, in list: UnsafePointer<Float>) -> (Int, Int, Int, Int) {
        let entry = list + 8 * index
        return (Int(entry[0]) * inner, Int(entry[1]) * inner, Int(entry[2]) * inner, Int(entry[3]) * inner)
    }
}
