// Points in a space of many dimensions, for principal components and neighbours: one row a point, padded with zeros.

/// How points lie in memory.
package struct PointShape: Sendable, Hashable {
    package let count: Int
    /// Values of a point, without padding.
    package let dimensions: Int

    package init(count: Int, dimensions: Int) {
        self.count = count
        self.dimensions = dimensions
    }

    /// Values with padding to whole cache lines.
    package var paddedDimensions: Int { roundedToLines(dimensions) }

    /// Floats from one point to the next: an odd number of cache lines, so that the lines of one column are spread over
    /// all sets of the cache.
    package var stride: Int { (paddedDimensions / lineFloats | 1) * lineFloats }

    /// Floats of all points.
    package var floats: Int { count * stride }
}

/// Subtracts a row, such as the mean, from some points.
package func subtract(
    _ row: UnsafePointer<Float>, from points: Range<Int>, _ shape: PointShape, _ x: UnsafeMutablePointer<Float>
) {
    for point in points {
        let values = x + point * shape.stride
        for offset in stride(from: 0, to: shape.paddedDimensions, by: laneCount) {
            values.store(values.lanes(at: offset) - row.lanes(at: offset), at: offset)
        }
    }
}

/// The squared distance of two points, summed in sixteen lanes whatever the machine.
@inline(__always)
func squaredDistance(_ shape: PointShape, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
    var sums = SIMD16<Float>.zero
    for offset in stride(from: 0, to: shape.paddedDimensions, by: 16) {
        let difference = a.sixteen(at: offset) - b.sixteen(at: offset)
        sums = sums.adding(difference, times: difference)
    }
    return sums.total
}

extension UnsafePointer where Pointee == Float {
    @inline(__always)
    func sixteen(at offset: Int) -> SIMD16<Float> {
        UnsafeRawPointer(self + offset).loadUnaligned(as: SIMD16<Float>.self)
    }
}

extension SIMD16 where Scalar == Float {
    /// The sum of all lanes, halves first.
    @inline(__always)
    var total: Float {
        let eight = lowHalf + highHalf
        let four = eight.lowHalf + eight.highHalf
        return (four[0] + four[2]) + (four[1] + four[3])
    }
}
