/// How windows slide over one axis of an image: for convolutions and pools alike.
package struct Windows: Sendable, Hashable {
    /// Length of the axis.
    package let size: Int
    /// Elements of a window.
    package let window: Int
    /// Distance between neighbouring elements of a window: more than 1 for a dilated convolution.
    package let dilation: Int
    /// Distance between neighbouring windows; never more than the axis is long, because then there is only one anyway.
    package let stride: Int
    /// Zeros before the axis ("same"): the smaller half of the padding, as in TensorFlow.
    package let before: Int
    /// Windows along the axis.
    package let count: Int

    /// A limit that keeps arithmetic on padded lengths far from overflow.
    private static let longest = 1 << 40

    /// Windows inside the axis ("valid"), or one for every stride, centred ("same"); nil where no window fits.
    package init?(size: Int, window: Int, stride: Int, dilation: Int = 1, same: Bool) {
        guard size > 0, window > 0, stride > 0, dilation > 0, window <= Self.longest else { return nil }
        let dilation = window == 1 ? 1 : dilation
        guard dilation <= Self.longest / window else { return nil }
        let length = (window - 1) * dilation + 1
        guard same || length <= size else { return nil }
        let stride = min(stride, size)
        self.size = size
        self.window = window
        self.stride = stride
        self.dilation = dilation
        if same {
            count = (size - 1) / stride + 1
            before = max(0, (count - 1) * stride + length - size) / 2
        } else {
            count = (size - length) / stride + 1
            before = 0
        }
    }

    /// How far a window reaches, from its first element to its last.
    package var length: Int { (window - 1) * dilation + 1 }

    /// Length of the axis with the padding that windows reach; never less than the axis itself.
    package var paddedSize: Int { max(before + size, (count - 1) * stride + length) }

    /// Whether any window reaches beyond the axis.
    package var isPadded: Bool { paddedSize > size }

    /// The part of window `index`, if it has no gaps, that lies on the axis.
    @inline(__always)
    package func range(_ index: Int) -> Range<Int> {
        let start = index * stride - before
        return max(0, start)..<max(max(0, start), min(size, start + window))
    }

    /// Whether no position belongs to two windows.
    package var areDisjoint: Bool { stride >= window }

    /// For disjoint windows, calls the body for the whole axis in order: for each window, and for the gap behind it.
    @inline(__always)
    package func forEachPart(_ body: (_ positions: Range<Int>, _ window: Int?) -> Void) {
        for part in 0..<2 * count {
            let index = part / 2
            let own = range(index)
            let next = index + 1 < count ? range(index + 1).lowerBound : size
            body(part % 2 == 0 ? own : own.upperBound..<next, part % 2 == 0 ? index : nil)
        }
    }
}
