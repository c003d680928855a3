// Pooling over windows of an NHWC image, each channel for itself: lanes are channels.
//
// Padding never wins a maximum and is never counted in an average.
// Limit: loads and stores; everything a group touches is in the cache.

/// The lengths that a pool and its gradient share.
package struct PoolingShape: Sendable, Hashable {
    /// Windows along the height of the image.
    package let vertical: Windows
    /// Windows along the width of the image.
    package let horizontal: Windows
    /// Channels, the same before and after.
    package let channels: Int

    package init(vertical: Windows, horizontal: Windows, channels: Int) {
        self.vertical = vertical
        self.horizontal = horizontal
        self.channels = channels
    }

    /// Floats of one image.
    package var inputCount: Int { vertical.size * horizontal.size * channels }
    /// Floats of one result.
    package var outputCount: Int { vertical.count * horizontal.count * channels }

    /// Calls the body for every result pixel of every image with the part of its window that lies on the image.
    @inline(__always)
    func forEachWindow(
        images: Int, _ body: (_ image: Int, _ output: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> Void
    ) {
        for image in 0..<images {
            var output = image * outputCount
            for y in 0..<vertical.count {
                let rows = vertical.range(y)
                for x in 0..<horizontal.count {
                    body(image * inputCount, output, rows, horizontal.range(x))
                    output += channels
                }
            }
        }
    }

    /// Calls the body for every position of a window with its offset in the image, row by row.
    @inline(__always)
    func forEachPosition(_ rows: Range<Int>, _ columns: Range<Int>, _ body: (_ offset: Int) -> Void) {
        for row in rows {
            var offset = (row * horizontal.size + columns.lowerBound) * channels
            for _ in columns {
                body(offset)
                offset += channels
            }
        }
    }
}

/// The mean of every window.
package func averagePool(
    _ shape: PoolingShape, images: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    shape.forEachWindow(images: images) { image, output, rows, columns in
        let divisor = Lanes(repeating: Float(rows.count * columns.count))
        forEachVector(shape.channels) { channel, count in
            var sum = Lanes.zero
            shape.forEachPosition(rows, columns) { offset in
                sum += (x + image + offset + channel).lanes(count: count)
            }
            (y + output + channel).store(sum / divisor, count: count)
        }
    }
}

/// The gradient of `averagePool`: every dy is shared evenly by its window.
package func averagePoolGradient(
    _ shape: PoolingShape, images: Int, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>
) {
    dx.update(repeating: 0, count: images * shape.inputCount)
    shape.forEachWindow(images: images) { image, output, rows, columns in
        let divisor = Lanes(repeating: Float(rows.count * columns.count))
        forEachVector(shape.channels) { channel, count in
            let share = (dy + output + channel).lanes(count: count) / divisor
            shape.forEachPosition(rows, columns) { offset in
                let target = dx + image + offset + channel
                target.store(target.lanes(count: count) + share, count: count)
            }
        }
    }
}
