// What both gradients of a convolution share when its result goes straight into a max pool.
//
// The gradient of the pool is sparse: one number for each maximum, many of them zero (rectified, dropped out), and the position
// of its winner. So the convolution's gradients go through lists of entries (SparseSum.swift) instead of an image of which
// three quarters and more are zero. Skipping zeros is exact.

/// A convolution and the pool behind it.
package struct PooledConvolutionShape: Sendable, Hashable {
    package let convolution: ConvolutionShape
    package let pool: PoolingShape

    /// Nil for pools that overlap or reach beyond the image, and for more floats than an entry can count.
    init?(possible convolution: ConvolutionShape, _ pool: PoolingShape) {
        guard pool.hasDisjointWindowsInside, convolution.frameCount < 1 << 30, convolution.kernelCount < 1 << 30 else {
            return nil
        }
        self.convolution = convolution
        self.pool = pool
    }

    var filters: Int { convolution.filters }
    /// Maxima for each filter.
    var pixels: Int { pool.vertical.count * pool.horizontal.count }
    /// Positions of a window.
    var places: Int { pool.vertical.window * pool.horizontal.window }

    /// One row of the kernel over all channels, in floats, and in whole vectors.
    var run: Int { convolution.horizontal.window * convolution.channels }
    var paddedRun: Int { run.roundedUp(toMultipleOf: laneCount) }
    /// Floats of one filter's patch in whole vectors.
    var patchFloats: Int { convolution.vertical.window * paddedRun }

    /// Whether patches can be read and written in place, because none reaches beyond its image.
    var isExact: Bool { run == paddedRun && !convolution.isPadded }
    /// Floats of an image's frame, with a vector to spare.
    var frameFloats: Int { isExact ? 0 : convolution.frameCount + laneCount }

    /// Floats from the patch of a result to those of its neighbours below and to the right.
    func steps(rowStride: Int) -> (vertical: Int, horizontal: Int) {
        (convolution.vertical.stride * rowStride, convolution.horizontal.stride * convolution.channels)
    }

    /// Stores for every place of a window the offset of its patch from the window's first patch.
    func fillPlaces(_ offsets: UnsafeMutablePointer<Int32>, steps: (vertical: Int, horizontal: Int)) {
        for place in 0..<places {
            let (row, column) = place.quotientAndRemainder(dividingBy: pool.horizontal.window)
            offsets[place] = Int32(row * steps.vertical + column * steps.horizontal)
        }
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    /// Working memory under another type of the same size or a multiple of it.
    func viewed<T: BitwiseCopyable>(as type: T.Type, count: Int) -> UnsafeMutablePointer<T> {
        UnsafeMutableRawPointer(self).bindMemory(to: type, capacity: count)
    }
}
