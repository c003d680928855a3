import Kernels

/// The norms of gradients, for clipping: many threads sum the squares of fixed blocks, then one adds up the sums in order.
///
/// Scratch memory holds the variables' scales, then the blocks' sums.
struct GradientNorms: Sendable {
    private let blocks: [Range<Int>]
    private let blocksOfVariable: [Range<Int>]
    private let limit: Double
    private let isGlobal: Bool

    /// How many floats make a block, so that the order of summation follows from shapes alone.
    static let blockSize = 4096

    /// Nil if the options clip no norm.
    init?(_ options: UpdateOptions, variables: [Range<Int>]) {
        guard let limit = options.clipNorm ?? options.globalClipNorm else { return nil }
        self.limit = limit
        isGlobal = options.clipNorm == nil
        var blocks: [Range<Int>] = []
        blocksOfVariable = variables.map { variable in
            let first = blocks.count
            for start in stride(from: variable.lowerBound, to: variable.upperBound, by: Self.blockSize) {
                blocks.append(start..<min(start + Self.blockSize, variable.upperBound))
            }
            return first..<blocks.count
        }
        self.blocks = blocks
    }

    var blockCount: Int { blocks.count }
    var scratchCount: Int { blocksOfVariable.count + blocks.count }

    func sum(block: Int, of memory: UpdateMemory) {
        memory.scratch[blocksOfVariable.count + block] = squareSum(blocks[block], of: memory.gradients)
    }

    /// Turns the sums into a scale for each variable.
    func finish(_ memory: UpdateMemory) {
        let sums = memory.scratch + blocksOfVariable.count
        if isGlobal {
            let scale = scale(sum(0..<blocks.count, of: sums))
            for variable in blocksOfVariable.indices { memory.scratch[variable] = scale }
        } else {
            for (variable, blocks) in blocksOfVariable.enumerated() {
                memory.scratch[variable] = scale(sum(blocks, of: sums))
            }
        }
    }

    private func sum(_ blocks: Range<Int>, of sums: UnsafePointer<Float>) -> Double {
        blocks.reduce(0) { $0 + Double(sums[$1]) }
    }

    /// NaN stays NaN, and so, as in Keras, does an infinite global norm.
    private func scale(_ squares: Double) -> Float {
        let norm = squares.squareRoot()
        if norm <= limit { return 1 }
        return isGlobal && norm.isInfinite ? .nan : Float(limit / norm)
    }
}
