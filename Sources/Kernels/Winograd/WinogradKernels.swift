// The kernel of a Winograd convolution: its components U = G g Gᵀ as the products read them.
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
    private var rowPieces: Int { depth.dividedRoundingUp(by: Self.rowsTogether) }
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
