// The kernel gradient of a convolution of few channels behind which a max pool stands: usually the first of a network.
//
// Its patches are too narrow for lists of entries (PooledKernelGradient.swift), so lanes are filters: for each place of a window,
// the gradient of those filters that won there, zero in the other lanes, times the patch's pixels. The patch's sums stay in
// registers while all windows of an image pass.
//
// A part is (p, q, c, f) in rows of whole vectors. Each image's sum, a chain over windows and places in order, is finished
// before it is added, as for all kernels.
// Limit: multiply-add units and loads alike: each multiply-add reads a pixel.

/// A convolution of few channels and the pool behind it.
package struct MaskedConvolutionShape: Sendable, Hashable {
    /// The convolution, whose result the pool sees.
    package let convolution: ConvolutionShape
    let pool: PoolingShape

    /// Nil for pools that overlap or reach beyond the image, and for patches wider than a tile is high.
    package init?(_ convolution: ConvolutionShape, _ pool: PoolingShape) {
        guard pool.isSparse, pool.vertical.window * pool.horizontal.window <= 64,
            convolution.horizontal.window * convolution.channels <= 12
        else { return nil }
        self.convolution = convolution
        self.pool = pool
    }

    private var panels: Panels { Panels(columns: convolution.filters) }
    var paddedFilters: Int { panels.paddedColumns }
    /// Floats of one part.
    package var partFloats: Int { convolution.depth * paddedFilters }
    /// Floats of working space for each image of a group.
    package var spaceFloats: Int { convolution.frameFloats }
}

/// Adds a group's contribution to a part; `space` holds `spaceFloats` an image.
package func addMaskedKernelGradient(
    _ shape: MaskedConvolutionShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    winners: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>, space: UnsafeMutablePointer<Float>
) {
    switch shape.convolution.horizontal.window * shape.convolution.channels {
    case 1: add(Rows1<Single>.self, shape, images, x, dy, winners, part, space)
    case 2: add(Rows2<Single>.self, shape, images, x, dy, winners, part, space)
    case 3: add(Rows3<Single>.self, shape, images, x, dy, winners, part, space)
    case 4: add(Rows4<Single>.self, shape, images, x, dy, winners, part, space)
    case 5: add(Rows5<Single>.self, shape, images, x, dy, winners, part, space)
    case 6: add(Rows6<Single>.self, shape, images, x, dy, winners, part, space)
    case 7: add(Rows7<Single>.self, shape, images, x, dy, winners, part, space)
    case 8: add(Rows8<Single>.self, shape, images, x, dy, winners, part, space)
    case 9: add(Rows9<Single>.self, shape, images, x, dy, winners, part, space)
    case 10: add(Rows10<Single>.self, shape, images, x, dy, winners, part, space)
    case 11: add(Rows11<Single>.self, shape, images, x, dy, winners, part, space)
    default: add(Rows12<Single>.self, shape, images, x, dy, winners, part, space)
    }
}

/// Adds the parts up in their order, for some rows of the kernel, and drops the padding.
package func combineMaskedKernelGradient(
    _ shape: MaskedConvolutionShape, parts: Int, stride: Int, rows: Range<Int>, from part: UnsafeMutablePointer<Float>,
    to dw: UnsafeMutablePointer<Float>
) {
    let filters = shape.convolution.filters
    let padded = shape.paddedFilters
    sumParts(
        parts: parts, stride: stride, range: rows.lowerBound * padded..<rows.upperBound * padded, from: part, to: part)
    for row in rows { (dw + row * filters).update(from: part + row * padded, count: filters) }
}

/// All filters, three rows of the kernel at a time where there are three: enough sums to hide their latency.
@inline(__always)
private func add<Row: Tile>(
    _ row: Row.Type, _ shape: MaskedConvolutionShape, _ images: Int, _ x: UnsafePointer<Float>,
    _ dy: UnsafePointer<Float>, _ winners: UnsafePointer<Float>, _ part: UnsafeMutablePointer<Float>,
    _ space: UnsafeMutablePointer<Float>
) where Row.Width == Single {
    let (source, imageStride, rowStride) = windowedImages(shape.convolution, images: images, x: x, frames: space)
    let walk = MaskedWalk(
        shape, images: images, imageStride: imageStride, rowStride: rowStride, dy: dy, winners: winners)
    let partRow = Row.rows * shape.paddedFilters
    for filter in stride(from: 0, to: shape.convolution.filters, by: laneCount) {
        var p = 0
        while p < shape.convolution.vertical.window {
            let target = part + p * partRow + filter
            if 3 * Row.rows <= 12, p + 3 <= shape.convolution.vertical.window {
                walk.add(Thick<Row>.self, from: source + p * rowStride, filter: filter, to: target, partRow)
                p += 3
            } else {
                walk.add(Thin<Row>.self, from: source + p * rowStride, filter: filter, to: target, partRow)
                p += 1
            }
        }
    }
}

/// Some rows of a kernel for one vector of filters.
private protocol KernelRows {
    init()
    mutating func add(_ gradient: Single, times x: UnsafePointer<Float>, _ rowStride: Int)
    mutating func addTo(_ part: UnsafeMutablePointer<Float>, _ partRow: Int, _ stride: Int)
}

private struct Thin<Row: Tile>: KernelRows where Row.Width == Single {
    var row: Row

    @inline(__always) init() { row = Row(everyRow: Single()) }
    @inline(__always) mutating func add(_ gradient: Single, times x: UnsafePointer<Float>, _ rowStride: Int) {
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

    @inline(__always) mutating func add(_ gradient: Single, times x: UnsafePointer<Float>, _ rowStride: Int) {
        upper.add(gradient, times: x, rowStride)
        middle.add(gradient, times: x + rowStride, rowStride)
        lower.add(gradient, times: x + 2 * rowStride, rowStride)
    }
    @inline(__always) mutating func addTo(_ part: UnsafeMutablePointer<Float>, _ partRow: Int, _ stride: Int) {
        upper.addTo(part, partRow, stride)
        middle.addTo(part + partRow, partRow, stride)
        lower.addTo(part + 2 * partRow, partRow, stride)
    }
}

/// The gradient of those filters that won at a place. (Transparent for the reason that `Maxima` gives.)
@_transparent
private func share(of gradient: Lanes, _ winner: LaneBits, at place: UInt32) -> Single {
    Single(v: Lanes.zero.replacing(with: gradient, where: winner .== LaneBits(repeating: place)))
}

/// The way over all windows of a group and their places.
private struct MaskedWalk {
    let images, windowRows, windowColumns, placeRows, placeColumns: Int
    let imageStride, rowStride, windowRow, windowColumn, placeRow, placeColumn: Int
    let filters, partStride, end: Int
    let dy, winners: UnsafePointer<Float>

    init(
        _ shape: MaskedConvolutionShape, images: Int, imageStride: Int, rowStride: Int, dy: UnsafePointer<Float>,
        winners: UnsafePointer<Float>
    ) {
        let (convolution, pool) = (shape.convolution, shape.pool)
        self.images = images
        (windowRows, windowColumns) = (pool.vertical.count, pool.horizontal.count)
        (placeRows, placeColumns) = (pool.vertical.window, pool.horizontal.window)
        (self.imageStride, self.rowStride) = (imageStride, rowStride)
        placeRow = convolution.vertical.stride * rowStride
        placeColumn = convolution.horizontal.stride * convolution.channels
        windowRow = pool.vertical.stride * placeRow
        windowColumn = pool.horizontal.stride * placeColumn
        filters = convolution.filters
        partStride = shape.paddedFilters
        end = images * pool.outputCount
        (self.dy, self.winners) = (dy, winners)
    }

    @inline(never)
    func add<Rows: KernelRows>(
        _ rows: Rows.Type, from source: UnsafePointer<Float>, filter: Int, to part: UnsafeMutablePointer<Float>,
        _ partRow: Int
    ) {
        var offset = filter
        for image in 0..<images {
            var sum = Rows()
            for row in 0..<windowRows {
                var window = source + image * imageStride + row * windowRow
                for _ in 0..<windowColumns {
                    let gradient = dy.lanes(at: offset, before: end)
                    let winner = unsafeBitCast(winners.lanes(at: offset, before: end), to: LaneBits.self)
                    if placeRows == 2, placeColumns == 2 {
                        sum.add(share(of: gradient, winner, at: 0), times: window, rowStride)
                        sum.add(share(of: gradient, winner, at: 1), times: window + placeColumn, rowStride)
                        sum.add(share(of: gradient, winner, at: 2), times: window + placeRow, rowStride)
                        sum.add(share(of: gradient, winner, at: 3), times: window + placeRow + placeColumn, rowStride)
                    } else {
                        for place in 0..<placeRows * placeColumns {
                            let (h, w) = place.quotientAndRemainder(dividingBy: placeColumns)
                            sum.add(
                                share(of: gradient, winner, at: UInt32(truncatingIfNeeded: place)),
                                times: window + h * placeRow + w * placeColumn, rowStride)
                        }
                    }
                    offset += filters
                    window += windowColumn
                }
            }
            sum.addTo(part, partRow, partStride)
        }
    }
}
