// The kernel gradient of a convolution followed by a max pool: dw[p, q, c, f] += Σ value · x[patch of the winner].
//
// For each filter the entries of some rows are listed; then its patch of the gradient stays in registers while they pass. An
// entry reads a patch of all channels, some kilobytes, from an image in L2, which delivers a third of what the multiply-add
// units could use. So large images are summed one vector of channels at a time, over as many rows as fit into the L1 cache:
// frames and parts are laid out in such strips.
//
// A part holds, strip by strip, the patches filter by filter, (f, p, q, c), so that what is contiguous in the part is contiguous
// in the image. The last step, once a batch, adds up the parts and transposes them to the order of kernels.
//
// Each element is one chain over images and pixels in order.
// Limit: loads of the image's patches; making the lists takes about a fifth of the time.

/// How the channels of images and kernels are cut into strips.
private struct Strips {
    /// Channels of a strip: one vector of them, or all where the image is small or they are not whole vectors.
    let channels: Int
    let count: Int
    /// One row of a strip of a frame, and all of them.
    let frameRow, frameFloats: Int
    /// One row of a patch of a strip, in floats, and in whole vectors.
    let run, paddedRun: Int
    /// Floats of one filter's patch, and of all filters' patches.
    let patchFloats, floats: Int
    /// Whether patches can be read in place: there is one strip, and no patch reaches beyond its image.
    let isExact: Bool
    private let shape: PooledConvolutionShape

    init(_ shape: PooledConvolutionShape) {
        let convolution = shape.convolution
        self.shape = shape
        channels = shape.cutsFrames ? laneCount : convolution.channels
        count = convolution.channels / channels
        frameRow = convolution.horizontal.paddedSize * channels
        frameFloats = convolution.vertical.paddedSize * frameRow
        run = convolution.horizontal.window * channels
        paddedRun = run.roundedUp(toMultipleOf: laneCount)
        patchFloats = convolution.vertical.window * paddedRun
        floats = shape.filters * patchFloats
        isExact = count == 1 && shape.isExact
    }

    /// Floats from the patch of a result to those of its neighbours below and to the right, in a frame.
    var steps: (vertical: Int, horizontal: Int) {
        (shape.convolution.vertical.stride * frameRow, shape.convolution.horizontal.stride * channels)
    }

    /// Bands of rows of windows whose patches fit into the L1 cache.
    var bands: Int {
        let rows = shape.pool.vertical.count
        let floats = rows * shape.pool.vertical.stride * steps.vertical
        return min(rows, (floats - 1) / PooledConvolutionShape.cachedFloats + 1)
    }

    /// Copies an image into its frame, strip by strip.
    func frame(_ image: UnsafePointer<Float>, to frame: UnsafeMutablePointer<Float>) {
        let convolution = shape.convolution
        guard count > 1 else { return frameImages(convolution, images: 1, from: image, to: frame) }
        if convolution.isPadded { frame.update(repeating: 0, count: convolution.frameCount) }
        var pixel = image
        for row in 0..<convolution.vertical.size {
            var target = frame + (convolution.vertical.before + row) * frameRow
            target += convolution.horizontal.before * channels
            for _ in 0..<convolution.horizontal.size {
                for strip in 0..<count {
                    (target + strip * frameFloats).store(pixel.lanes(at: strip * laneCount))
                }
                pixel += convolution.channels
                target += channels
            }
        }
    }

    /// The offset in the kernel (p, q, c, f) of the weights that belong to a pixel of a patch.
    func kernelOffset(strip: Int, row: Int, pixel: Int) -> Int {
        let pixel = row * shape.convolution.horizontal.window + pixel
        return (pixel * shape.convolution.channels + strip * channels) * shape.filters
    }
}

extension PooledConvolutionShape {
    /// Floats of one part.
    package var kernelPartFloats: Int {
        let strips = Strips(self)
        return strips.count * strips.floats
    }
    /// Floats of working space for each image of a group: its frame, and two for each entry.
    package var kernelGradientFloats: Int { frameFloats + filters * (2 * pixels + 1) + places }
    /// Floats of working space beyond that, however many images there are: a frame in strips.
    package var stripFloats: Int { Strips(self).count > 1 ? convolution.frameCount : 0 }
}

/// Adds a group's contribution to a part; `space` holds `kernelGradientFloats` an image, `scratch` holds `stripFloats`.
package func addPooledKernelGradient(
    _ shape: PooledConvolutionShape, images: Int, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    winners: UnsafePointer<Float>, part: UnsafeMutablePointer<Float>, space: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
) {
    let strips = Strips(shape)
    // All images use one frame and its lists in turn, which therefore stay in the cache.
    let frame = strips.count > 1 ? scratch : space
    let lists = FilterLists(shape, strips, space + shape.frameFloats)
    let patch = PatchShape(
        rows: shape.convolution.vertical.window, vectors: strips.paddedRun / laneCount, sourceRow: strips.frameRow,
        targetRow: strips.paddedRun)
    let rows = shape.pool.vertical.count
    for image in 0..<images {
        var source = x + image * shape.convolution.inputCount
        if !strips.isExact {
            strips.frame(source, to: frame)
            source = UnsafePointer(frame)
        }
        for band in 0..<strips.bands {
            lists.fill(ofImage: image, rows: (0..<rows).share(band, of: strips.bands), dy, winners)
            for strip in 0..<strips.count {
                lists.add(patch, from: source + strip * strips.frameFloats, to: part + strip * strips.floats)
            }
        }
    }
}

/// The entries of some rows of windows: a list for each filter.
private struct FilterLists {
    private let shape: PooledConvolutionShape
    private let strips: Strips
    private let entries: UnsafeMutablePointer<SparseEntry>
    private let counts, places: UnsafeMutablePointer<Int32>

    init(_ shape: PooledConvolutionShape, _ strips: Strips, _ memory: UnsafeMutablePointer<Float>) {
        (self.shape, self.strips) = (shape, strips)
        entries = memory.viewed(as: SparseEntry.self, count: shape.filters * shape.pixels)
        counts = (memory + 2 * shape.filters * shape.pixels).viewed(as: Int32.self, count: shape.filters)
        places = (memory + shape.filters * (2 * shape.pixels + 1)).viewed(as: Int32.self, count: shape.places)
        shape.fillPlaces(places, steps: strips.steps)
    }

    func fill(
        ofImage image: Int, rows: Range<Int>, _ values: UnsafePointer<Float>, _ winners: UnsafePointer<Float>
    ) {
        let windows = shape.pool.horizontal.count
        let step = strips.steps
        let start = (image * shape.pool.vertical.count + rows.lowerBound) * windows * shape.filters
        var (value, winner) = (values + start, winners + start)
        counts.update(repeating: 0, count: shape.filters)
        for row in rows {
            var first = row * shape.pool.vertical.stride * step.vertical
            for _ in 0..<windows {
                for filter in NonZeros(of: value, count: shape.filters) {
                    let place = min(Int(winner[filter].bitPattern), shape.places - 1)
                    let count = counts[filter]
                    entries[filter * shape.pixels + Int(count)] = SparseEntry(
                        offset: Int32(truncatingIfNeeded: first) &+ places[place], value: value[filter])
                    counts[filter] = count &+ 1
                }
                value += shape.filters
                winner += shape.filters
                first += shape.pool.horizontal.stride * step.horizontal
            }
        }
    }

    /// Adds one strip of all patches.
    func add(_ patch: PatchShape, from image: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
        for filter in 0..<shape.filters where counts[filter] > 0 {
            addSparse(
                UnsafeBufferPointer(start: entries + filter * shape.pixels, count: Int(counts[filter])), patch,
                from: image, to: target + filter * strips.patchFloats)
        }
    }
}

/// Adds up the parts in order, for some filters, and writes the sums in the order of a kernel.
package func combinePooledKernelGradient(
    _ shape: PooledConvolutionShape, parts: Int, stride: Int, filters: Range<Int>,
    from part: UnsafeMutablePointer<Float>, to dw: UnsafeMutablePointer<Float>
) {
    let strips = Strips(shape)
    for strip in 0..<strips.count {
        let first = strip * strips.floats
        sumParts(
            parts: parts, stride: stride,
            range: first + filters.lowerBound * strips.patchFloats..<first + filters.upperBound * strips.patchFloats,
            from: part, to: part)
        for row in 0..<shape.convolution.vertical.window {
            for pixel in 0..<shape.convolution.horizontal.window {
                let patch = part + first + filters.lowerBound * strips.patchFloats + row * strips.paddedRun
                transpose(
                    rows: filters.count, columns: strips.channels, from: patch + pixel * strips.channels,
                    rowStride: strips.patchFloats,
                    to: dw + strips.kernelOffset(strip: strip, row: row, pixel: pixel) + filters.lowerBound,
                    targetStride: shape.filters)
            }
        }
    }
}
