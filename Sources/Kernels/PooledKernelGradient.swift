// The kernel gradient of a convolution behind which a max pool stands: dw[p, q, c, f] += Σ value · x[patch of the winner].
//
// For each filter the entries of all images are listed; then its patch of the gradient stays in registers while they pass.
// A part holds the patches filter by filter, (f, p, q, c): neighbours in memory are neighbours in the image. The last step, once
// a batch, adds the parts up and turns them into the order of kernels.
//
// Each element is one chain over images and pixels in order.
// Limit: loads of the image's patches; making the lists takes about a third of the time.

extension PooledConvolutionShape {
    /// Floats of one part.
    package var kernelPartFloats: Int { filters * patchFloats }
    /// Floats of working space for each image of a group: its frame, and two for each entry.
    package var kernelGradientFloats: Int { frameFloats + filters * (2 * pixels + 1) + places }
}

/// Adds a group's contribution to a part; `space` holds `kernelGradientFloats` an image.
package func addPooledKernelGradient(
    _ shape: PooledConvolutionShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    winners: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>, space: UnsafeMutablePointer<Float>
) {
    let convolution = shape.convolution
    var source = x
    var (imageStride, rowStride) = (convolution.inputCount, convolution.horizontal.size * convolution.channels)
    if !shape.isExact {
        frameImages(convolution, images: images, from: x, to: space)
        (source, imageStride, rowStride) = (UnsafePointer(space), convolution.frameCount, convolution.frameWidth)
    }

    let capacity = images * shape.pixels
    let space = space + images * shape.frameFloats
    let entries = space.viewed(as: SparseEntry.self, count: shape.filters * capacity)
    let counts = (space + 2 * shape.filters * capacity).viewed(as: Int32.self, count: shape.filters)
    let places = (space + 2 * shape.filters * capacity + shape.filters).viewed(as: Int32.self, count: shape.places)
    shape.fillPlaces(places, rowStride: rowStride)
    counts.update(repeating: 0, count: shape.filters)

    let step = shape.steps(rowStride: rowStride)
    var value = dy
    var winner = winners
    for image in 0..<images {
        for row in 0..<shape.pool.vertical.count {
            var first = image * imageStride + row * shape.pool.vertical.stride * step.vertical
            for _ in 0..<shape.pool.horizontal.count {
                for filter in 0..<shape.filters {
                    let place = min(Int(winner[filter].bitPattern), shape.places - 1)
                    let count = counts[filter]
                    entries[filter * capacity + Int(count)] = SparseEntry(
                        offset: Int32(truncatingIfNeeded: first) &+ places[place], value: value[filter])
                    // Zeros are written and overwritten: a branch would be mispredicted.
                    counts[filter] = count &+ (value[filter] != 0 ? 1 : 0)
                }
                value += shape.filters
                winner += shape.filters
                first += shape.pool.horizontal.stride * step.horizontal
            }
        }
    }

    let patch = PatchShape(
        rows: convolution.vertical.window, vectors: shape.paddedRun / laneCount, sourceRow: rowStride,
        targetRow: shape.paddedRun)
    for filter in 0..<shape.filters where counts[filter] > 0 {
        addSparse(
            UnsafeBufferPointer(start: entries + filter * capacity, count: Int(counts[filter])), patch, from: source,
            to: part + filter * shape.patchFloats)
    }
}

/// Adds the parts up in their order, for some filters, and writes the sums in the order of a kernel.
package func combinePooledKernelGradient(
    _ shape: PooledConvolutionShape, parts: Int, stride: Int, filters: Range<Int>,
    from part: UnsafeMutablePointer<Float>, to dw: UnsafeMutablePointer<Float>
) {
    let range = filters.lowerBound * shape.patchFloats..<filters.upperBound * shape.patchFloats
    sumParts(parts: parts, stride: stride, range: range, from: part, to: part)
    for row in 0..<shape.convolution.vertical.window {
        for column in 0..<shape.run {
            let target = dw + (row * shape.run + column) * shape.filters
            let source = part + row * shape.paddedRun + column
            for filter in filters { target[filter] = source[filter * shape.patchFloats] }
        }
    }
}
