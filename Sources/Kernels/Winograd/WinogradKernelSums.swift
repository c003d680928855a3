// The sums that Winograd's kernel gradient is made from, and how they are shared out where they are many.
//
// Limit: stores.

/// The sums that a kernel's gradient is made from: over tiles, for every component, channel and filter.
package struct WinogradKernelSums: Sendable {
    package let winograd: Winograd
    /// The filters that are summed, all of them or some.
    package let filters: Range<Int>
    private var shape: ConvolutionShape { winograd.shape }
    /// Floats from one channel to the next.
    let rowStride: Int

    /// Of all filters.
    package init(_ winograd: Winograd) { self.init(winograd, filters: 0..<winograd.shape.filters) }

    /// Of some filters, which must begin where a panel does.
    package init(_ winograd: Winograd, filters: Range<Int>) {
        self.winograd = winograd
        self.filters = filters
        rowStride = Panels(columns: filters.count).paddedColumns
    }

    /// Floats from one component to the next: as in a block, not a multiple of a page.
    var stride: Int { shape.channels * rowStride + lineFloats }
    /// Floats of all sums.
    package var floats: Int { winograd.components * stride }

    /// Transforms the sums to the gradient of these filters, in the place that they have in the gradient of the whole kernel.
    package func kernelGradient(of sums: UnsafePointer<Float>, to dw: UnsafeMutablePointer<Float>) {
        switch winograd.side {
        case .two: kernelGradient(SmallTiles.self, sums, dw)
        case .four: kernelGradient(LargeTiles.self, sums, dw)
        }
    }

    private func kernelGradient<T: WinogradTransforms>(
        _ transforms: T.Type, _ sums: UnsafePointer<Float>, _ dw: UnsafeMutablePointer<Float>
    ) {
        let position = shape.channels * shape.filters
        let squareRow = winograd.length * stride
        for channel in 0..<shape.channels {
            forEachVector(filters.count) { filter, count in
                let kernel = T.kernel(T.Square(sums + channel * rowStride + filter, squareRow, stride))
                let target = dw + channel * shape.filters + filters.lowerBound + filter
                @inline(__always) func store(_ row: Three<Lanes>, _ index: Int) {
                    let target = target + 3 * index * position
                    target.store(row.a, count: count)
                    (target + position).store(row.b, count: count)
                    (target + 2 * position).store(row.c, count: count)
                }
                store(kernel.a, 0)
                store(kernel.b, 1)
                store(kernel.c, 2)
            }
        }
    }
}

/// A kernel gradient whose sums are too large for every thread to have its own: cut into pieces of some images and some filters,
/// each of which walks through its images once. The pixels are transformed once for each range of filters.
package struct WinogradGradientPieces: Sendable {
    private let winograd: Winograd

    /// The same sums as `WinogradKernelSums`, in parts.
    package init(_ winograd: Winograd) { self.winograd = winograd }

    /// Parts of the batch, each of which has a gradient of its own.
    package static let parts = 8
    /// So many that transforming the pixels once more costs a few per cent of the products; whole panels on every machine.
    private static let filtersOfPiece = 128

    private var ranges: Int { winograd.shape.filters.dividedRoundingUp(by: Self.filtersOfPiece) }
    /// Independent pieces.
    package var pieces: Int { Self.parts * ranges }
    /// Floats of working space of a piece.
    package var scratchFloats: Int { sums(ofRange: 0).floats + winograd.kernelGradientFloats }

    private func sums(ofRange index: Int) -> WinogradKernelSums {
        let first = index * Self.filtersOfPiece
        return WinogradKernelSums(winograd, filters: first..<min(first + Self.filtersOfPiece, winograd.shape.filters))
    }

    /// Fills a piece of the parts, which lie one after the other.
    package func compute(
        piece: Int, batch: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
        to parts: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        let (range, part) = piece.quotientAndRemainder(dividingBy: Self.parts)
        let layout = sums(ofRange: range)
        let images = (0..<batch).share(part, of: Self.parts)
        if images.isEmpty {
            scratch.update(repeating: 0, count: layout.floats)
        } else {
            addWinogradKernelGradient(
                layout, images: images.count, x: x + images.lowerBound * winograd.shape.inputCount,
                dy: dy + images.lowerBound * winograd.shape.outputCount, isFirst: true, sums: scratch,
                scratch: scratch + sums(ofRange: 0).floats)
        }
        layout.kernelGradient(of: scratch, to: parts + part * winograd.shape.kernelCount)
    }
}
