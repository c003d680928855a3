// A convolution whose results only the max pool behind it reads: maxima are taken while their rows are in the L1 cache, or in
// registers, and the image between convolution and pool never exists.
//
// Every sum and every maximum is what the two kernels would compute one after the other, bit for bit.
// Limit: multiply-add units, as for the convolution alone.

/// A convolution and the pool behind it, where each result is in one window at most.
package struct ConvolutionMaximaShape: Sendable {
    let convolution: ConvolutionShape
    let pool: PoolingShape
    /// Nil where the convolution runs directly.
    package let winograd: Winograd?
    /// For maxima taken in registers.
    fileprivate let short: ShortMaxima?

    /// Nil for pools whose windows overlap or reach beyond the results.
    init?(direct convolution: ConvolutionShape, _ pool: PoolingShape, inRegisters: Bool) {
        guard pool.hasDisjointWindowsInside else { return nil }
        self.convolution = convolution
        self.pool = pool
        winograd = nil
        short = inRegisters ? ShortMaxima(convolution, pool) : nil
    }

    /// Nil for windows other than the squares of two by two that Winograd's tiles are made of.
    init?(_ winograd: Winograd, _ pool: PoolingShape) {
        for axis in [pool.vertical, pool.horizontal] where axis.window != 2 || axis.stride != 2 { return nil }
        guard pool.hasDisjointWindowsInside else { return nil }
        convolution = winograd.shape
        self.pool = pool
        self.winograd = winograd.covering(rows: 2 * pool.vertical.count, columns: 2 * pool.horizontal.count)
        short = nil
    }

    /// What runs.
    package var variant: ConvolutionMaximaVariant {
        if let winograd { return .winograd(winograd) }
        guard let short else { return .direct }
        return short.isPaired ? .shortPairs : .short
    }

    private var panels: Panels { Panels(columns: convolution.filters) }
    fileprivate var stripRow: Int { convolution.horizontal.count * panels.paddedColumns }

    /// Whether sums and maxima stay in registers.
    package var isShort: Bool { short != nil }

    /// Floats of working space for each image of a group.
    package var frameFloats: Int { winograd == nil ? convolution.frameFloats : 0 }
    /// Floats of working space beyond that, however many images there are.
    package var scratchFloats: Int {
        winograd?.convolutionFloats ?? short?.scratchFloats ?? pool.vertical.window * stripRow
    }
}

/// The maxima of a group of images; `frames` holds `frameFloats` an image, `scratch` holds `scratchFloats`.
///
/// The packed kernel is that of the convolution alone.
package func convolutionMaxima(
    _ shape: ConvolutionMaximaShape, images: Int, x: UnsafePointer<Float>, packedKernel: UnsafePointer<Float>,
    rectifies: Bool, y: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Float>?,
    frames: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    let memory = MaximaMemory(rectifies: rectifies, y: y, winners: winners)
    if let winograd = shape.winograd {
        switch winograd.side {
        case .two:
            winogradMaxima(SmallTiles.self, winograd, shape.pool, images: images, x, packedKernel, scratch, memory)
        case .four:
            winogradMaxima(LargeTiles.self, winograd, shape.pool, images: images, x, packedKernel, scratch, memory)
        }
    } else if let short = shape.short {
        short.run(images: images, x: x, packedKernel: packedKernel, frames: frames, scratch: scratch, to: memory)
    } else {
        let rows = ConvolutionRows(
            shape.convolution, images: images, x: x, packedKernel: packedKernel, frames: frames)
        directMaxima(shape, images: images, rows, strip: scratch, memory)
    }
}

/// Computes as many rows as a window is high, in whole vectors, then their maxima.
private func directMaxima(
    _ shape: ConvolutionMaximaShape, images: Int, _ rows: ConvolutionRows, strip: UnsafeMutablePointer<Float>,
    _ memory: MaximaMemory
) {
    let panels = rows.panels
    let pixel = panels.paddedColumns
    let end = images * shape.pool.outputCount
    var output = 0
    for image in 0..<images {
        for poolRow in 0..<shape.pool.vertical.count {
            for row in 0..<shape.pool.vertical.window {
                for index in 0..<panels.count {
                    rows.compute(
                        panels[index].padded, row: poolRow * shape.pool.vertical.stride + row, ofImage: image,
                        to: strip + row * shape.stripRow, cRow: pixel, room: 0)
                }
            }
            var window = UnsafePointer(strip)
            for _ in 0..<shape.pool.horizontal.count {
                for channel in stride(from: 0, to: shape.pool.channels, by: laneCount) {
                    let maxima = Maxima(rows: shape.pool.vertical.window, columns: shape.pool.horizontal.window) {
                        window.lanes(at: $0 * shape.stripRow + $1 * pixel + channel)
                    }
                    memory.store(maxima, at: output + channel, before: end)
                }
                output += shape.pool.channels
                window += shape.pool.horizontal.stride * pixel
            }
        }
    }
}

/// Each tile of results is one window or four; tiles that no window covers are left out.
private func winogradMaxima<T: WinogradTransforms>(
    _ transforms: T.Type, _ winograd: Winograd, _ pool: PoolingShape, images: Int, _ x: UnsafePointer<Float>,
    _ packedKernel: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ memory: MaximaMemory
) {
    let (rows, columns) = (pool.vertical.count, pool.horizontal.count)
    forEachWinogradGroup(
        transforms, winograd, tiles: 0..<images * winograd.tiles, x: x, packedKernel: packedKernel, scratch: scratch
    ) { block in
        for tile in block.tiles {
            let image = tile / winograd.tiles
            let tileRow = (tile - image * winograd.tiles) / winograd.tileColumns
            let top = T.Results.windows * tileRow
            let left = T.Results.windows * (tile - image * winograd.tiles - tileRow * winograd.tileColumns)
            let first = ((image * rows + top) * columns + left) * pool.channels + block.filters.column
            for column in stride(from: 0, to: block.filters.width, by: laneCount) {
                let count = min(laneCount, block.filters.columns - column)
                block.results(transforms, of: tile, at: column).forEachWindow { row, rightward, square in
                    guard top + row < rows, left + rightward < columns else { return }
                    memory.store(
                        Maxima(square: square),
                        at: first + (row * columns + rightward) * pool.channels + column, count: count)
                }
            }
        }
    }
}
