// The input gradient of a convolution followed by a max pool: dx[patch of the winner] += value · w[…, f].
//
// For each place of each window the entries of all filters are listed, and the patch below it is summed in registers.
// Packed kernel: (f, p, q, c), each row of a patch padded with zeros to whole vectors.
//
// Each element of dx is one chain over windows, places and filters in order.
// Limit: loads of the kernel; every patch is loaded and stored once, however many filters won there.

extension PooledConvolutionShape {
    /// Floats of the packed kernel.
    package var packedFloats: Int { filters * patchFloats }
    /// Floats of working space for each image of a group.
    package var inputGradientFloats: Int { frameFloats + places * (2 * filters + 2) }
}

/// Packs the patches of some filters.
package func packPooledKernel(
    _ shape: PooledConvolutionShape, filters: Range<Int>, kernel: UnsafePointer<Float>,
    to packed: UnsafeMutablePointer<Float>
) {
    for row in 0..<shape.convolution.vertical.window {
        let target = packed + filters.lowerBound * shape.patchFloats + row * shape.paddedRun
        transpose(
            rows: shape.run, columns: filters.count,
            from: kernel + row * shape.run * shape.filters + filters.lowerBound, rowStride: shape.filters, to: target,
            targetStride: shape.patchFloats)
        for filter in 0..<filters.count {
            (target + filter * shape.patchFloats + shape.run).update(repeating: 0, count: shape.paddedRun - shape.run)
        }
    }
}

/// The input gradient of a group of images; `space` holds `inputGradientFloats` an image.
package func pooledInputGradient(
    _ shape: PooledConvolutionShape, images: Int, dy: UnsafePointer<Float>, winners: UnsafePointer<Float>,
    packedKernel: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, space: UnsafeMutablePointer<Float>
) {
    let convolution = shape.convolution
    let frame = shape.isExact ? dx : space
    let lists = space + shape.frameFloats
    let entries = lists.viewed(as: SparseEntry.self, count: shape.places * shape.filters)
    let counts = (lists + 2 * shape.places * shape.filters).viewed(as: Int32.self, count: shape.places)
    let places = (lists + 2 * shape.places * shape.filters + shape.places).viewed(as: Int32.self, count: shape.places)
    let rowStride = convolution.frameWidth
    let step = shape.steps(rowStride: rowStride)
    shape.fillPlaces(places, steps: step)
    let patch = PatchShape(
        rows: convolution.vertical.window, vectors: shape.paddedRun / laneCount, sourceRow: shape.paddedRun,
        targetRow: rowStride)
    var value = dy
    var winner = winners
    for image in 0..<images {
        let frame = shape.isExact ? frame + image * convolution.inputCount : frame
        frame.update(repeating: 0, count: convolution.frameCount)
        for row in 0..<shape.pool.vertical.count {
            var target = frame + row * shape.pool.vertical.stride * step.vertical
            for _ in 0..<shape.pool.horizontal.count {
                counts.update(repeating: 0, count: shape.places)
                for filter in NonZeros(of: value, count: shape.filters) {
                    let place = min(Int(winner[filter].bitPattern), shape.places - 1)
                    let count = counts[place]
                    entries[place * shape.filters + Int(count)] = SparseEntry(
                        offset: Int32(truncatingIfNeeded: filter * shape.patchFloats), value: value[filter])
                    counts[place] = count &+ 1
                }
                for place in 0..<shape.places where counts[place] > 0 {
                    addSparse(
                        UnsafeBufferPointer(start: entries + place * shape.filters, count: Int(counts[place])), patch,
                        from: packedKernel, to: target + Int(places[place]))
                }
                value += shape.filters
                winner += shape.filters
                target += shape.pool.horizontal.stride * step.horizontal
            }
        }
        if !shape.isExact { convolution.copyInterior(of: frame, to: dx + image * convolution.inputCount) }
    }
}

extension ConvolutionShape {
    /// Copies the image out of its frame.
    fileprivate func copyInterior(of frame: UnsafePointer<Float>, to image: UnsafeMutablePointer<Float>) {
        let row = horizontal.size * channels
        for h in 0..<vertical.size {
            (image + h * row).update(
                from: frame + (vertical.before + h) * frameWidth + horizontal.before * channels, count: row)
        }
    }
}
