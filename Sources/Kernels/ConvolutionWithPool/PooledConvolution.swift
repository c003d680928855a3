// What the gradients of a convolution share when its result goes straight into a max pool.
//
// The gradient of the pool is a short list: one number for each maximum, many of them zero (rectified, dropped out), and the
// winner's place. So the convolution's gradients walk through lists of entries (SparseSum.swift) instead of through an
// image that is three quarters zeros and more. Skipping zeros is exact.

/// A convolution and the pool behind it.
package struct PooledConvolutionShape: Sendable, Hashable {
    /// The convolution, whose result the pool sees.
    package let convolution: ConvolutionShape
    /// The pool.
    package let pool: PoolingShape

    /// Nil for pools that overlap or reach beyond the image, and for more floats than an entry can count.
    init?(possible convolution: ConvolutionShape, _ pool: PoolingShape) {
        guard pool.isSparse, convolution.frameCount < 1 << 30, convolution.kernelCount < 1 << 30 else { return nil }
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

    /// Whether patches can be read and written where the images lie: nothing sticks out.
    var isExact: Bool { run == paddedRun && !convolution.isPadded }
    /// Images lie in frames of so many floats, with a vector to spare.
    var frameFloats: Int { isExact ? 0 : convolution.frameCount + laneCount }

    /// Floats from the patch of a pool's window to that of the next one in its row, and in the next row.
    func steps(rowStride: Int) -> (vertical: Int, horizontal: Int) {
        (convolution.vertical.stride * rowStride, convolution.horizontal.stride * convolution.channels)
    }

    /// Notes for every place of a window how far behind the window's first patch its patch lies.
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
