// How points push each other away: Σ q² (y − z) and Σ q over all other points z, where q = 1 / (1 + |y − z|²).
//
// Sixteen points that are neighbours on the curve share one walk through the tree. The walk goes down level by level
// and writes two lists: cells that are far enough from all of them, and leaves that are not. Then each entry is applied
// to all sixteen at once. The walk has no branch that depends on the points, because half of those would be
// mispredicted.
//
// Limit: the division of q, one for each point and entry; four to five cycles for eight.

/// Points that share a walk.
private let group = 2 * CellTree.leaf

/// Memory for the walks of one thread.
package final class WalkMemory {
    fileprivate let far: Buffer<UInt32>
    fileprivate let open: Buffer<UInt32>
    fileprivate let next: Buffer<UInt32>

    package init(_ tree: CellTree) {
        let room = tree.cells.count + CellTree.children
        far = Buffer(count: room, repeating: 0)
        open = Buffer(count: room, repeating: 0)
        next = Buffer(count: room, repeating: 0)
    }
}

extension CellTree {
    /// Groups of points; repulsion is shared out by group.
    package var groups: Int { count.dividedRoundingUp(by: group) }

    /// Computes the repulsion of one group's points, each at its own index, and returns the sum of their q, in a fixed
    /// order.
    package func repel(group index: Int, _ memory: WalkMemory, to forces: UnsafeMutablePointer<SIMD2<Float>>) -> Float {
        let (far, near) = walk(group: index, memory)
        let first = index * group
        let (x, y) = (UnsafePointer(x.base), UnsafePointer(y.base))
        let (px, py) = (x.sixteen(at: first), y.sixteen(at: first))
        var (fx, fy, sum) = (SIMD16<Float>.zero, SIMD16<Float>.zero, SIMD16<Float>.zero)
        for entry in 0..<far {
            let cell = cells.base[Int(memory.far.base[entry])]
            let (dx, dy) = (px - cell.x, py - cell.y)
            let q = 1 / SIMD16<Float>(repeating: 1).adding(dx, times: dx).adding(dy, times: dy)
            let weighted = q * cell.weight
            sum += weighted
            let factor = weighted * q
            fx = fx.adding(factor, times: dx)
            fy = fy.adding(factor, times: dy)
        }
        for entry in 0..<near {
            for place in places(ofLeaf: Int(memory.open.base[entry])) {
                let (dx, dy) = (px - x[place], py - y[place])
                let q = 1 / SIMD16<Float>(repeating: 1).adding(dx, times: dx).adding(dy, times: dy)
                sum += q
                let factor = q * q
                fx = fx.adding(factor, times: dx)
                fy = fy.adding(factor, times: dy)
            }
        }
        var total: Float = 0
        for lane in 0..<min(group, count - first) {
            forces[Int(order.base[first + lane])] = SIMD2(fx[lane], fy[lane])
            // A point does not push itself, but its q of 1 was added.
            total += sum[lane] - 1
        }
        return total
    }

    /// Lists cells that are far enough from all points of a group, in `memory.far`, and leaves that are not, in
    /// `memory.open`.
    @inline(__always)
    private func walk(group index: Int, _ memory: WalkMemory) -> (far: Int, near: Int) {
        let leaves = 2 * index..<min(2 * index + 2, levels[0].upperBound)
        let box = pointwiseMin(boxes.base[leaves.lowerBound], boxes.base[leaves.upperBound - 1])
        let (far, cells) = (memory.far.base, cells.base)
        var (open, next) = (memory.open.base, memory.next.base)
        var (farCount, openCount) = (0, 1)
        open[0] = UInt32(levels[levels.count - 1].lowerBound)
        for level in levels.indices.dropFirst().reversed() {
            var nextCount = 0
            for entry in 0..<openCount {
                for child in children(of: Int(open[entry]), level) {
                    let cell = cells[child]
                    let dx = max(box.x - cell.x, cell.x + box.z, 0)
                    let dy = max(box.y - cell.y, cell.y + box.w, 0)
                    let isFar = cell.reach < dx * dx + dy * dy
                    far[farCount] = UInt32(truncatingIfNeeded: child)
                    next[nextCount] = UInt32(truncatingIfNeeded: child)
                    farCount &+= isFar ? 1 : 0
                    nextCount &+= isFar ? 0 : 1
                }
            }
            swap(&open, &next)
            openCount = nextCount
        }
        if open != memory.open.base { memory.open.base.update(from: open, count: openCount) }
        return (farCount, openCount)
    }
}
