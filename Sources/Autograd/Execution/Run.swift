import Kernels

/// What an operation gets to see when it runs: addresses and counts, nothing that allocates.
package struct Run: ~Copyable {
    /// Images in this group (in the whole batch, for whole operations and combining).
    package var images = 0
    /// The group's first image in the batch.
    package var firstImage = 0
    /// Images in the batch.
    package var batch = 0
    /// Whether the group is its shard's first.
    package var isFirst = false
    /// Which piece, of how many.
    package var piece = 0
    /// Pieces in all.
    package var pieces = 1
    /// Where the result goes.
    package var output: UnsafeMutablePointer<Float>
    /// Where the by-product goes, if anybody reads it.
    package var byproduct: UnsafeMutablePointer<Float>?
    /// Filled by the preparation.
    package var prepared: UnsafeMutablePointer<Float>
    /// Working space of the group's images.
    package var space: UnsafeMutablePointer<Float>
    /// Working space whose size does not depend on the group.
    package var scratch: UnsafeMutablePointer<Float>
    /// The first of a sum's parts.
    package var parts: UnsafeMutablePointer<Float>
    /// How many parts there are.
    package var partCount = 0
    /// Floats from one part to the next.
    package var partStride = 0
    /// What the random numbers of a training step follow from.
    package var key: UInt64 = 0
    /// Where each input begins: its group's first image, or the whole value.
    package var inputs: InlineArray<6, UnsafeMutablePointer<Float>>

    /// A run whose addresses are all yet to be given.
    package init(empty: UnsafeMutablePointer<Float>) {
        output = empty
        prepared = empty
        space = empty
        scratch = empty
        parts = empty
        inputs = InlineArray(repeating: empty)
    }

    /// The first float of an input: of the group's first image, or of a whole value.
    package func input(_ index: Int) -> UnsafePointer<Float> { UnsafePointer(inputs[index]) }

    /// The key of one layer's random numbers in a training step, which its salt tells from others'. Kernels hash it with the place
    /// of each element; numbers that are drawn by image come from `ImageDraws`.
    func key(salt: UInt64) -> UInt64 { key ^ (salt &* 0x9E37_79B9_7F4A_7C15) }

    /// This piece's share of a range.
    package func share(of count: Int) -> Range<Int> { (0..<count).share(piece, of: pieces) }
}
