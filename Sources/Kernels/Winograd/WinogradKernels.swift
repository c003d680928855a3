// The kernel of a Winograd convolution: its components U = G g Gᵀ as the products read them, and its gradient from those of
// the components, dg = Gᵀ S G.
//
// Packed: [bias row, forward only][panels, each of all components, each of depth rows].
// Limit: stores.

/// A kernel's components, packed once a step.
package struct WinogradKernelPanels: Sendable {
    /// Which pass reads the kernel.
    package enum Direction: Sendable {
        /// From channels to filters; with a bias.
        case forward
        /// From filters to channels.
        case backward
    }

    private let shape: ConvolutionShape
    private let side: Winograd.Side
    private let length, components: Int
    private let direction: Direction
    let panels: Panels

    /// Panels over the filters, or backward over the channels.
    package init(_ winograd: Winograd, _ direction: Direction) {
        shape = winograd.shape
        side = winograd.side
        length = winograd.length
        components = winograd.components
        self.direction = direction
        panels = Panels(columns: direction == .forward ? shape.filters : shape.channels)
    }

    private var depth: Int { direction == .forward ? shape.channels : shape.filters }
    private var biasFloats: Int { direction == .forward ? panels.paddedColumns : 0 }

    /// Floats of all components, and of the bias row.
    package var floats: Int { biasFloats + components * (panels.paddedColumns * depth + panels.count * Self.spacing) }
    /// Between components: as in a block, strides of whole pages would map their stores to one cache set.
    private static let spacing = lineFloats

    /// Rows that are packed together: a vector of filters is transposed at a time.
    private static let rowsTogether = laneCount
    private var rowPieces: Int { (depth + Self.rowsTogether - 1) / Self.rowsTogether }
    /// Independent pieces of packing.
    package var pieces: Int { panels.count * rowPieces }

    /// Where the components of the panel at an index begin.
    func offset(_ index: Int) -> Int {
        biasFloats + components * (panels[index].column * depth + index * Self.spacing)
    }

    /// Floats from one component of a panel to the next.
    func stride(_ panel: Panel) -> Int { depth * panel.width + Self.spacing }

    /// Packs some rows of one panel; with the first ones its part of the bias (zeros without one).
    package func pack(
        piece: Int, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>?, to packed: UnsafeMutablePointer<Float>
    ) {
        let (index, slice) = piece.quotientAndRemainder(dividingBy: rowPieces)
        let panel = panels[index]
        let rows = slice * Self.rowsTogether..<min((slice + 1) * Self.rowsTogether, depth)
        let target = packed + offset(index)
        switch direction {
        case .forward:
            if slice == 0 { packStart(bias, panel, to: packed) }
            packForward(panel, rows, kernel, to: target)
        case .backward:
            packBackward(panel, rows, kernel, to: target)
        }
    }

    private func packForward(
        _ panel: Panel, _ channels: Range<Int>, _ kernel: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
    ) {
        for channel in channels {
            let source = kernel + channel * shape.filters + panel.column
            forEachVector(panel.columns) { column, count in
                store(
                    source + column, position: shape.channels * shape.filters, count: count,
                    to: target + channel * panel.width + column, panel)
            }
        }
    }

    /// Squares of filters and channels are transposed, and then transformed as in the forward pass.
    private func packBackward(
        _ panel: Panel, _ filters: Range<Int>, _ kernel: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
    ) {
        var memory = Turned()
        withUnsafeMutableBytes(of: &memory) { memory in
            let turned = memory.baseAddress!.assumingMemoryBound(to: Float.self)
            let square = Self.rowsTogether * laneCount
            forEachVector(panel.columns) { column, count in
                for position in 0..<9 {
                    let row = position * shape.channels + panel.column + column
                    transpose(
                        rows: count, columns: filters.count,
                        from: kernel + row * shape.filters + filters.lowerBound, rowStride: shape.filters,
                        to: turned + position * square, targetStride: laneCount)
                }
                for filter in filters {
                    store(
                        UnsafePointer(turned) + (filter - filters.lowerBound) * laneCount, position: square,
                        count: count, to: target + filter * panel.width + column, panel)
                }
            }
        }
    }

    /// Stores the components of one vector of kernels, whose positions lie `position` floats apart.
    @inline(__always)
    private func store(
        _ kernel: UnsafePointer<Float>, position: Int, count: Int, to target: UnsafeMutablePointer<Float>,
        _ panel: Panel
    ) {
        @inline(__always) func row(_ index: Int) -> Three<Lanes> {
            let row = kernel + 3 * index * position
            return Three(
                row.lanes(count: count), (row + position).lanes(count: count), (row + 2 * position).lanes(count: count))
        }
        let stride = stride(panel)
        let square = Three(row(0), row(1), row(2))
        switch side {
        case .two: SmallTiles.kernelComponents(square).store(to: target, length * stride, stride)
        case .four: LargeTiles.kernelComponents(square).store(to: target, length * stride, stride)
        }
    }
}

/// Nine squares of vectors, one for each kernel position. A temporary allocation of that size would come from the heap.
private struct Turned {
    #if WIDE_LANES
    private var vectors = InlineArray<144, Lanes>(repeating: .zero)
    #else
    private var vectors = InlineArray<72, Lanes>(repeating: .zero)
    #endif
}

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

    private var ranges: Int { (winograd.shape.filters + Self.filtersOfPiece - 1) / Self.filtersOfPiece }
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
