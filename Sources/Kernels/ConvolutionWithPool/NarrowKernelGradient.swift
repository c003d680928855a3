// The kernel gradient of a convolution of few channels followed by a max pool: usually the first of a network.
//
// Its patches are too narrow for lists of entries (PooledKernelGradient.swift), so lanes are filters: each filter's gradient is
// multiplied by the pixels of its winner's patch (WinnerPatches.swift). The patch's sums stay in registers while all windows of
// an image pass. Where a vector has room for the filters of two images, two images are computed as one (ImagePairs.swift).
//
// A part is (p, q, c, f) in rows of whole vectors. Each image's sum, a chain over windows and places in order, is finished
// before it is added, as for all kernels.
// Limit: for windows of two by two, the instruction that selects pixels and the multiply-add; for others multiply-adds, most
// of them by zero.

/// A convolution of few channels and the pool behind it.
package struct NarrowConvolutionShape: Sendable, Hashable {
    package let convolution: ConvolutionShape
    let pool: PoolingShape

    /// Nil for pools that overlap or reach beyond the image, and for patches wider than the tallest tile.
    init?(possible convolution: ConvolutionShape, _ pool: PoolingShape) {
        guard pool.hasDisjointWindowsInside, convolution.horizontal.window * convolution.channels <= 12 else {
            return nil
        }
        self.convolution = convolution
        self.pool = pool
    }

    private var panels: Panels { Panels(columns: convolution.filters) }
    var paddedFilters: Int { panels.paddedColumns }
    /// Floats of one part.
    package var partFloats: Int { convolution.depth * paddedFilters }
    fileprivate var isPaired: Bool { fitsTwice(filters: convolution.filters) }
    /// Whether patches are selected from quads.
    fileprivate var hasQuads: Bool { pool.vertical.window == 2 && pool.horizontal.window == 2 }
    /// Floats of working space for each image of a group.
    package var spaceFloats: Int { convolution.frameFloats }
    /// Floats of working space beyond that, however many images there are: a pair and its sums, and quads.
    package var scratchFloats: Int { pairFloats + (hasQuads ? 4 * imageFloats : 0) }
    /// Floats of an image, or of a pair.
    private var imageFloats: Int { (isPaired ? 2 : 1) * convolution.windowedFloats }
    fileprivate var pairFloats: Int { isPaired ? partFloats + imageFloats : 0 }
}

/// Adds a group's contribution to a part; `frames` holds `spaceFloats` an image, `scratch` holds `scratchFloats`.
package func addNarrowKernelGradient(
    _ shape: NarrowConvolutionShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    winners: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>, frames: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
) {
    let sum = NarrowSum(
        shape, images: images, x: x, dy: dy, winners: winners, part: part, frames: frames, scratch: scratch)
    switch shape.convolution.horizontal.window * shape.convolution.channels {
    case 1: sum.add(Rows1<Single>.self)
    case 2: sum.add(Rows2<Single>.self)
    case 3: sum.add(Rows3<Single>.self)
    case 4: sum.add(Rows4<Single>.self)
    case 5: sum.add(Rows5<Single>.self)
    case 6: sum.add(Rows6<Single>.self)
    case 7: sum.add(Rows7<Single>.self)
    case 8: sum.add(Rows8<Single>.self)
    case 9: sum.add(Rows9<Single>.self)
    case 10: sum.add(Rows10<Single>.self)
    case 11: sum.add(Rows11<Single>.self)
    default: sum.add(Rows12<Single>.self)
    }
}

/// Adds up the parts in order, for some rows of the kernel, and drops the padding.
package func combineNarrowKernelGradient(
    _ shape: NarrowConvolutionShape, parts: Int, stride: Int, rows: Range<Int>, from part: UnsafeMutablePointer<Float>,
    to dw: UnsafeMutablePointer<Float>
) {
    let filters = shape.convolution.filters
    let padded = shape.paddedFilters
    sumParts(
        parts: parts, stride: stride, range: rows.lowerBound * padded..<rows.upperBound * padded, from: part, to: part)
    for row in rows { (dw + row * filters).update(from: part + row * padded, count: filters) }
}

/// The sum over a group of images.
private struct NarrowSum {
    private let shape: NarrowConvolutionShape
    private let walk: PoolWalk
    private let images, imageStride: Int
    private let source, dy, winners: UnsafePointer<Float>
    private let part, scratch: UnsafeMutablePointer<Float>

    init(
        _ shape: NarrowConvolutionShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
        winners: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>, frames: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        (self.shape, self.images, self.dy, self.winners) = (shape, images, dy, winners)
        (self.part, self.scratch) = (part, scratch)
        let rowStride: Int
        (source, imageStride, rowStride) = windowedImages(shape.convolution, images: images, x: x, frames: frames)
        walk = PoolWalk(shape.convolution, shape.pool, rowStride: rowStride)
    }

    func add<Row: Tile>(_ row: Row.Type) where Row.Width == Single {
        if shape.isPaired {
            for first in stride(from: 0, to: images, by: 2) { addPair(row, first, min(first + 1, images - 1)) }
        } else {
            for image in 0..<images {
                addImage(row, windows(of: image), source + image * imageStride, to: part, shape.paddedFilters)
            }
        }
    }

    /// Adds an image or a pair to sums whose rows lie `stride` apart.
    private func addImage<Row: Tile, P: QuadPixel>(
        _ row: Row.Type, _ windows: WindowGradients, _ image: UnsafePointer<P>, to sums: UnsafeMutablePointer<Float>,
        _ stride: Int
    ) where Row.Width == Single {
        guard shape.hasQuads else {
            return addRows(row, windows, PlacedPatches(image: image), to: sums, stride)
        }
        let quads = (scratch + shape.pairFloats).viewed(as: P.self, count: 4 * imageStride)
        P.fillQuads(
            count: imageStride - walk.placeRow - walk.placeColumn, image, right: walk.placeColumn, down: walk.placeRow,
            to: quads)
        addRows(row, windows, ChosenPatches(quads: UnsafePointer(quads)), to: sums, stride)
    }

    private func windows(of image: Int, and second: Int? = nil) -> WindowGradients {
        let count = shape.pool.outputCount
        return WindowGradients(
            walk: walk, filters: shape.convolution.filters, dy: dy + image * count, winners: winners + image * count,
            distance: ((second ?? image) - image) * count, end: (images - image) * count)
    }

    /// Adds two images as one; their sums lie in alternate lanes and are added one after the other.
    private func addPair<Row: Tile>(_ row: Row.Type, _ first: Int, _ second: Int) where Row.Width == Single {
        let pairs = scratch + shape.partFloats
        interleave(count: imageStride, source + first * imageStride, source + second * imageStride, to: pairs)
        scratch.update(repeating: 0, count: shape.partFloats)
        addImage(
            row, windows(of: first, and: second), UnsafePointer(pairs.viewed(as: PixelPair.self, count: imageStride)),
            to: scratch, laneCount)
        for offset in stride(from: 0, to: shape.partFloats, by: laneCount) {
            let sums = scratch.lanes(at: offset)
            var lanes = part.lanes(at: offset)
            lanes.lowHalf += sums.evenHalf
            if second > first { lanes.lowHalf += sums.oddHalf }
            part.store(lanes, at: offset)
        }
    }

    /// One vector of filters after the other, three rows of the kernel at a time where possible: enough sums to hide the
    /// latency of the multiply-add.
    private func addRows<Row: Tile, Patches: WinnerPatches>(
        _ row: Row.Type, _ windows: WindowGradients, _ patches: Patches, to sums: UnsafeMutablePointer<Float>,
        _ stride: Int
    ) where Row.Width == Single {
        let sumRow = Row.rows * stride
        for filter in Swift.stride(from: 0, to: shape.isPaired ? 1 : shape.convolution.filters, by: laneCount) {
            var p = 0
            while p < shape.convolution.vertical.window {
                let (patches, sums) = (patches.advanced(by: p * walk.rowStride), sums + p * sumRow + filter)
                if 3 * Row.rows <= 12, p + 3 <= shape.convolution.vertical.window {
                    windows.add(Thick<Row>.self, patches, filter, to: sums, sumRow, stride)
                    p += 3
                } else {
                    windows.add(Thin<Row>.self, patches, filter, to: sums, sumRow, stride)
                    p += 1
                }
            }
        }
    }
}

/// Some rows of a kernel for one vector of filters.
protocol KernelRows {
    init()
    mutating func add<P: PixelRow>(_ gradient: Single, times x: P, _ rowStride: Int)
    mutating func addTo(_ part: UnsafeMutablePointer<Float>, _ partRow: Int, _ stride: Int)
}

private struct Thin<Row: Tile>: KernelRows where Row.Width == Single {
    var row: Row

    @inline(__always) init() { row = Row(everyRow: Single()) }
    @inline(__always) mutating func add<P: PixelRow>(_ gradient: Single, times x: P, _ rowStride: Int) {
        row.add(x, 1, times: gradient)
    }
    @inline(__always) mutating func addTo(_ part: UnsafeMutablePointer<Float>, _ partRow: Int, _ stride: Int) {
        row.add(part, stride)
        row.store(to: part, stride)
    }
}

private struct Thick<Row: Tile>: KernelRows where Row.Width == Single {
    var upper = Thin<Row>()
    var middle = Thin<Row>()
    var lower = Thin<Row>()

    @inline(__always) mutating func add<P: PixelRow>(_ gradient: Single, times x: P, _ rowStride: Int) {
        upper.add(gradient, times: x, rowStride)
        middle.add(gradient, times: x.advanced(by: rowStride), rowStride)
        lower.add(gradient, times: x.advanced(by: 2 * rowStride), rowStride)
    }
    @inline(__always) mutating func addTo(_ part: UnsafeMutablePointer<Float>, _ partRow: Int, _ stride: Int) {
        upper.addTo(part, partRow, stride)
        middle.addTo(part + partRow, partRow, stride)
        lower.addTo(part + 2 * partRow, partRow, stride)
    }
}

/// The gradients and winners of all windows of an image, or of two that lie `distance` apart.
private struct WindowGradients {
    let walk: PoolWalk
    let filters: Int
    let dy, winners: UnsafePointer<Float>
    let distance, end: Int

    @inline(never)
    func add<Rows: KernelRows, Patches: WinnerPatches>(
        _ rows: Rows.Type, _ patches: Patches, _ filter: Int, to part: UnsafeMutablePointer<Float>, _ partRow: Int,
        _ partStride: Int
    ) {
        var offset = filter
        var sum = Rows()
        for row in 0..<walk.windowRows {
            var window = row * walk.windowRow
            for _ in 0..<walk.windowColumns {
                let gradient = Patches.Image.lanes(of: dy, distance, at: offset, before: end)
                let winner = Patches.Image.lanes(of: winners, distance, at: offset, before: end)
                patches.add(
                    gradient, unsafeBitCast(winner, to: LaneBits.self), ofWindowAt: window, walk, to: &sum)
                offset += filters
                window += walk.windowColumn
            }
        }
        sum.addTo(part, partRow, partStride)
    }
}
