import Kernels
import Tensors

/// Fills a rectangle of each image, drawn for it, with a number or with noise. Input: images.
package struct ErasePatch: ImageOperation {
    /// Nil for a normal number per element.
    let fillValue: Float?
    /// The range to which fills are clipped; noise has the upper bound's scale.
    let range: ClosedRange<Float>
    let salt: UInt64
    let patch: @Sendable (ImageDraws) -> ErasedPatch?
    package let resultType: ValueType

    /// The salt tells operations apart; an image without a patch stays as it is.
    package init(
        _ x: Value, salt: UInt64, fillValue: Float?, range: ClosedRange<Float>,
        patch: @escaping @Sendable (ImageDraws) -> ErasedPatch?
    ) throws(ShapeError) {
        try checkAugmentable(x)
        self.fillValue = fillValue
        self.range = range
        self.salt = salt
        self.patch = patch
        resultType = x.type
    }

    package var isRandom: Bool { true }
    package var overwritable: [Int] { [0] }

    /// What was erased has no gradient.
    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let gradient = try ErasePatch(request.upstream, salt: salt, fillValue: 0, range: 0...0, patch: patch)
        return [try graph.apply(gradient, to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        let shape = resultType.shape
        let row = shape[1] * shape[2]
        for image in 0..<run.images {
            let (x, y) = (run.input(0) + image * shape.count, run.output + image * shape.count)
            if UnsafePointer(y) != x { y.update(from: x, count: shape.count) }
            let draws = ImageDraws(key: run.key, salt: salt, image: run.firstImage + image)
            guard let patch = patch(draws) else { continue }
            let noise = draws.normals(elements: shape.count)
            for line in patch.rows {
                let first = line * row + patch.columns.lowerBound * shape[2]
                for place in first..<first + patch.columns.count * shape[2] {
                    let fill = fillValue ?? Float(noise(place)) * range.upperBound
                    y[place] = min(max(fill, range.lowerBound), range.upperBound)
                }
            }
        }
    }
}

/// Rows and columns of an image.
package struct ErasedPatch: Sendable, Hashable {
    package let rows, columns: Range<Int>

    package init(rows: Range<Int>, columns: Range<Int>) {
        self.rows = rows
        self.columns = columns
    }
}
