// The tree of Barnes and Hut's method, without pointers: cells are runs of points along Morton's curve.
//
// Points are sorted by the interleaved bits of their coordinates, so that points of a run lie near each other. A leaf
// is a run of eight; four neighbouring cells make one of the next level. So a cell's children follow from its number,
// levels lie in memory one after the other, and building the tree is sorting and adding. Each cell knows the box around
// its points, which is smaller than a square of a quadtree: far cells are accepted earlier at the same accuracy.

/// A run of points, seen from far: x and y of its centre, its number of points, and the square of the distance from
/// which it may be seen as one.
typealias Cell = SIMD4<Float>

extension Cell {
    @inline(__always) var weight: Float { z }
    @inline(__always) var reach: Float { w }
}

/// Least x, least y, −greatest x, −greatest y: of two boxes together, the lesser of each.
typealias Box = SIMD4<Float>

/// A tree over points in the plane, made anew for each of their positions.
package final class CellTree {
    package let count: Int
    /// Points of each leaf but the last.
    static let leaf = 8
    /// Cells that make one of the next level.
    static let children = 4

    /// Cells of each level, leaves first, as places in `cells`; the last is the root alone.
    let levels: [Range<Int>]
    let order: Buffer<UInt32>
    let x: Buffer<Float>
    let y: Buffer<Float>
    let cells: Buffer<Cell>
    let boxes: Buffer<Box>
    private let sorter: MortonOrder
    /// 1 / angle²
    private let inverseAngle2: Float

    /// Room for so many points. A cell is seen as one where its width is less than `angle` times its distance.
    package init(count: Int, angle: Float) {
        // A point never sees a cell that it belongs to as one if the distance in it is at most √2 times its width.
        precondition(count > 0 && angle > 0 && angle <= 0.7)
        self.count = count
        inverseAngle2 = 1 / (angle * angle)
        var levels = [0..<count.dividedRoundingUp(by: Self.leaf)]
        while let last = levels.last, last.count > 1 {
            levels.append(last.upperBound..<last.upperBound + last.count.dividedRoundingUp(by: Self.children))
        }
        self.levels = levels
        order = Buffer(count: count, repeating: 0)
        let padded = count.roundedUp(toMultipleOf: 2 * Self.leaf)
        x = Buffer(count: padded, repeating: 0)
        y = Buffer(count: padded, repeating: 0)
        cells = Buffer(count: levels[levels.count - 1].upperBound, repeating: .zero)
        boxes = Buffer(count: cells.count, repeating: .zero)
        sorter = MortonOrder(count: count)
    }

    /// Sorts the points and makes all cells.
    package func build(_ positions: UnsafePointer<SIMD2<Float>>) {
        sorter.sort(positions, to: order.base)
        for place in 0..<count {
            let point = positions[Int(order.base[place])]
            x.base[place] = point.x
            y.base[place] = point.y
        }
        // Lanes behind the last point compute something near it, which nobody reads.
        for place in count..<x.count {
            x.base[place] = x.base[count - 1]
            y.base[place] = y.base[count - 1]
        }
        for leaf in levels[0] { makeLeaf(leaf) }
        for level in levels.indices.dropFirst() {
            for cell in levels[level] { makeParent(cell, level) }
        }
    }

    /// The points of a leaf, as places in the order.
    @inline(__always)
    func places(ofLeaf leaf: Int) -> Range<Int> {
        leaf * Self.leaf..<min((leaf + 1) * Self.leaf, count)
    }

    /// The cells that make one of a level above the leaves.
    @inline(__always)
    func children(of cell: Int, _ level: Int) -> Range<Int> {
        let first = levels[level - 1].lowerBound + (cell - levels[level].lowerBound) * Self.children
        return first..<min(first + Self.children, levels[level - 1].upperBound)
    }

    private func makeLeaf(_ leaf: Int) {
        let places = places(ofLeaf: leaf)
        var sum = Cell.zero
        var box = Box(repeating: .infinity)
        for place in places {
            let (x, y) = (x.base[place], y.base[place])
            sum += Cell(x, y, 1, 0)
            box = pointwiseMin(box, Box(x, y, -x, -y))
        }
        make(leaf, sum, box)
    }

    private func makeParent(_ cell: Int, _ level: Int) {
        var sum = Cell.zero
        var box = Box(repeating: .infinity)
        for child in children(of: cell, level) {
            let part = cells.base[child]
            sum += Cell(part.x * part.weight, part.y * part.weight, part.weight, 0)
            box = pointwiseMin(box, boxes.base[child])
        }
        make(cell, sum, box)
    }

    @inline(__always)
    private func make(_ cell: Int, _ sum: Cell, _ box: Box) {
        let width = max(-box.z - box.x, -box.w - box.y)
        boxes.base[cell] = box
        cells.base[cell] = Cell(
            sum.x / sum.weight, sum.y / sum.weight, sum.weight, width * width * inverseAngle2)
    }
}
