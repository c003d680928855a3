import Kernels
import Tensors

/// Points in a space of many dimensions: what is embedded.
///
///     let points = try Points(pixels: images.pixels, dimensions: 784)
package final class Points {
    package let shape: PointShape
    let memory: FloatMemory

    /// Points at the origin.
    package init(_ shape: PointShape) throws(MemoryError) {
        self.shape = shape
        memory = try FloatMemory(count: shape.floats)
    }

    /// Points whose values follow one another.
    package convenience init(_ values: [Float], dimensions: Int) throws(MemoryError) {
        precondition(dimensions > 0 && values.count % dimensions == 0)
        try self.init(PointShape(count: values.count / dimensions, dimensions: dimensions))
        for point in 0..<count {
            let row = base + point * shape.stride
            for place in 0..<dimensions { row[place] = values[point * dimensions + place] }
        }
    }

    /// Images as points: of each byte its share of 255.
    package convenience init(pixels: [UInt8], dimensions: Int) throws(MemoryError) {
        precondition(dimensions > 0 && pixels.count % dimensions == 0)
        try self.init(PointShape(count: pixels.count / dimensions, dimensions: dimensions))
        for point in 0..<count {
            let row = base + point * shape.stride
            for place in 0..<dimensions { row[place] = Float(pixels[point * dimensions + place]) / 255 }
        }
    }

    package var count: Int { shape.count }
    package var dimensions: Int { shape.dimensions }

    /// The values of one point.
    package subscript(point: Int) -> [Float] {
        memory.values(point * shape.stride..<point * shape.stride + dimensions)
    }

    /// Whether sums of squared distances are far from overflow, which is also false where a value is not a number.
    package var haveDistances: Bool {
        (0..<count).allSatisfy { point in
            let row = base + point * shape.stride
            return dotProduct(shape, row, row) < 1e30
        }
    }

    var base: UnsafeMutablePointer<Float> { memory.base }

    /// Divides all points among threads, so many at a time.
    func forEachBlock(of size: Int, team: Team, _ body: @escaping (Range<Int>) -> Void) {
        let count = count
        team.forEach(count.dividedRoundingUp(by: size)) { body($0 * size..<min(($0 + 1) * size, count)) }
    }
}

/// A point in the plane.
package typealias PlanePoint = SIMD2<Float>

extension Points {
    /// Points of the plane, as any others.
    package convenience init(_ plane: [PlanePoint]) throws(MemoryError) {
        try self.init(plane.flatMap { [$0.x, $0.y] }, dimensions: 2)
    }

    /// The first two values of each point; zero where there is but one.
    package var inPlane: [PlanePoint] {
        (0..<count).map { point in
            let row = base + point * shape.stride
            return PlanePoint(row[0], dimensions > 1 ? row[1] : 0)
        }
    }
}
