// The maxima of a convolution of few channels, usually the first of a network: windows of two by two, whose four sums are so
// short that they are computed and compared without ever leaving registers.
//
// Lanes are filters. The weights of one vector of filters stay in registers, too, while all windows of an image pass. Where a
// vector has room for the filters of two images, two images are computed as one (ImagePairs.swift).
// Limit: multiply-add units; finding the largest of four sums takes half as long as computing a window of three by three.

/// A convolution of short sums and a pool of two by two.
struct ShortMaxima {
    private let convolution: ConvolutionShape
    private let pool: PoolingShape

    /// Nil for windows other than two by two.
    init?(_ convolution: ConvolutionShape, _ pool: PoolingShape) {
        guard pool.vertical.window == 2, pool.horizontal.window == 2 else { return nil }
        self.convolution = convolution
        self.pool = pool
    }

    var isPaired: Bool { fitsTwice(filters: convolution.filters) }
    private var panels: Panels { Panels(columns: convolution.filters) }
    /// The bias and the weights, each twice.
    private var doubledFloats: Int { (1 + convolution.depth) * laneCount }
    /// Floats of working space beyond the frames.
    var scratchFloats: Int {
        isPaired ? doubledFloats + 2 * convolution.windowedFloats : 0
    }

    func run(
        images: Int, x: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>, frames: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, to memory: MaximaMemory
    ) {
        let (source, imageStride, rowStride) = windowedImages(convolution, images: images, x: x, frames: frames)
        let walk = PoolWalk(convolution, pool, rowStride: rowStride)
        if isPaired {
            let kernel = doubledKernel(packedKernel, scratch)
            let pairs = scratch + doubledFloats
            for first in stride(from: 0, to: images, by: 2) {
                let second = min(first + 1, images - 1)
                interleave(count: imageStride, source + first * imageStride, source + second * imageStride, to: pairs)
                kernel.run(
                    walk, UnsafePointer(pairs.viewed(as: PixelPair.self, count: imageStride)), pool,
                    to: memory.advanced(by: first * pool.outputCount), (second - first) * pool.outputCount, from: 0)
            }
        } else {
            // The last filters first: where a vector writes beyond its filters, those before it overwrite that.
            for index in (0..<panels.count).reversed() {
                let panel = panels[index]
                for column in stride(from: 0, to: panel.width, by: laneCount).reversed() {
                    let kernel = ShortKernel(packedKernel, panels, panel, column: column, convolution)
                    for image in 0..<images {
                        kernel.run(
                            walk, source + image * imageStride, pool, to: memory.advanced(by: image * pool.outputCount),
                            0, from: panel.column + column)
                    }
                }
            }
        }
    }

    private func doubledKernel(_ packed: UnsafePointer<Float>, _ doubled: UnsafeMutablePointer<Float>) -> ShortKernel {
        for row in 0...convolution.depth {
            doubled.store(packed.lanes(at: row * laneCount).doubled, at: row * laneCount)
        }
        return ShortKernel(
            start: packed.lanes().doubled, weights: UnsafePointer(doubled + laneCount), stride: laneCount, convolution)
    }
}

extension ConvolutionShape {
    /// Floats of an image as windows read it.
    var windowedFloats: Int { isPadded ? frameCount : inputCount }
}

/// Computes the sums of the four places of a window.
private protocol ShortSums {
    func sums<P: Pixel>(of window: UnsafePointer<P>, _ walk: PoolWalk) -> Two<Two<Lanes>>
}

/// The bias and the weights of one vector of filters, which lie in rows.
private struct ShortKernel: ShortSums {
    fileprivate let start: Lanes
    fileprivate let weights: UnsafePointer<Float>
    fileprivate let stride: Int
    /// Rows of a window, and the floats of one.
    private let height, length: Int

    init(start: Lanes, weights: UnsafePointer<Float>, stride: Int, _ shape: ConvolutionShape) {
        (self.start, self.weights, self.stride) = (start, weights, stride)
        height = shape.vertical.window
        length = shape.horizontal.window * shape.channels
    }

    init(
        _ packedKernel: UnsafePointer<Float>, _ panels: Panels, _ panel: Panel, column: Int, _ shape: ConvolutionShape
    ) {
        self.init(
            start: packedKernel.lanes(at: panel.column + column),
            weights: packedKernel + panels.paddedColumns + panel.column * shape.depth + column, stride: panel.width,
            shape)
    }

    /// All windows of an image, or of two whose maxima lie `distance` apart, from one filter on. Windows of three by three
    /// pixels have a body of their own, which is twice as fast.
    @inline(never)
    func run<P: Pixel>(
        _ walk: PoolWalk, _ image: UnsafePointer<P>, _ pool: PoolingShape, to memory: MaximaMemory, _ distance: Int,
        from filter: Int
    ) {
        if height == 3, length == 3 {
            run(ThreeByThree(self), walk, image, pool, memory, distance, filter)
        } else {
            run(self, walk, image, pool, memory, distance, filter)
        }
    }

    @inline(__always)
    private func run<S: ShortSums, P: Pixel>(
        _ sums: S, _ walk: PoolWalk, _ image: UnsafePointer<P>, _ pool: PoolingShape, _ memory: MaximaMemory,
        _ distance: Int, _ filter: Int
    ) {
        var output = filter
        let end = pool.outputCount
        for row in 0..<walk.windowRows {
            var window = image + row * walk.windowRow
            for _ in 0..<walk.windowColumns {
                let maxima = Maxima(square: sums.sums(of: window, walk))
                memory.store(maxima, of: P.self, distance, at: output, before: end)
                window += walk.windowColumn
                output += pool.channels
            }
        }
    }

    @inline(__always)
    func sums<P: Pixel>(of window: UnsafePointer<P>, _ walk: PoolWalk) -> Two<Two<Lanes>> {
        var (a, b, c, d) = (start, start, start, start)
        let (down, right) = (walk.placeRow, walk.placeColumn)
        var (weights, row) = (weights, window)
        for _ in 0..<height {
            for offset in 0..<length {
                let pixel = row + offset
                a = a.adding(pixel.pointee.spread, times: weights.lanes())
                b = b.adding(pixel[right].spread, times: weights.lanes())
                c = c.adding(pixel[down].spread, times: weights.lanes())
                d = d.adding(pixel[down + right].spread, times: weights.lanes())
                weights += stride
            }
            row += walk.rowStride
        }
        return Two(Two(a, b), Two(c, d))
    }
}

/// The same for windows of three by three pixels, in registers.
private struct ThreeByThree: ShortSums {
    private let start: Lanes
    private let top, middle, bottom: ThreeWeights

    @inline(__always)
    init(_ kernel: ShortKernel) {
        start = kernel.start
        top = ThreeWeights(kernel.weights, kernel.stride)
        middle = ThreeWeights(kernel.weights + 3 * kernel.stride, kernel.stride)
        bottom = ThreeWeights(kernel.weights + 6 * kernel.stride, kernel.stride)
    }

    @inline(__always)
    func sums<P: Pixel>(of window: UnsafePointer<P>, _ walk: PoolWalk) -> Two<Two<Lanes>> {
        let (below, right) = (window + walk.placeRow, walk.placeColumn)
        return Two(
            Two(sum(window, walk.rowStride), sum(window + right, walk.rowStride)),
            Two(sum(below, walk.rowStride), sum(below + right, walk.rowStride)))
    }

    @inline(__always)
    private func sum<P: Pixel>(_ pixels: UnsafePointer<P>, _ rowStride: Int) -> Lanes {
        bottom.added(
            to: middle.added(to: top.added(to: start, pixels), pixels + rowStride), pixels + 2 * rowStride)
    }
}

private struct ThreeWeights {
    private let a, b, c: Lanes

    @inline(__always)
    init(_ weights: UnsafePointer<Float>, _ stride: Int) {
        a = weights.lanes()
        b = weights.lanes(at: stride)
        c = weights.lanes(at: 2 * stride)
    }

    @inline(__always)
    func added<P: Pixel>(to sum: Lanes, _ pixels: UnsafePointer<P>) -> Lanes {
        sum.adding(pixels[0].spread, times: a).adding(pixels[1].spread, times: b).adding(pixels[2].spread, times: c)
    }
}
