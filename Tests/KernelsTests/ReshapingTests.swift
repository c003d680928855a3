import Kernels
import TestSupport
import Testing

@Suite struct ReshapingTests {
    @Test(arguments: [[0, 0, 0, 0], [1, 2, 3, 4], [0, 1, 2, 0], [5, 0, 0, 7]], [1, 3, 17])
    func `a frame surrounds an image with zeros, and gives it back`(margins: [Int], channels: Int) {
        let (height, width, images) = (3, 4, 2)
        let (outerHeight, outerWidth) = (height + margins[0] + margins[1], width + margins[2] + margins[3])
        let shape = FrameShape(
            height: height, width: width, channels: channels, top: margins[0], bottom: margins[1], left: margins[2],
            right: margins[3])
        var noise = Noise("frames")
        let x = noise.floats(images * height * width * channels)
        var expected: [Float] = []
        for n in 0..<images {
            for h in 0..<outerHeight {
                for w in 0..<outerWidth {
                    for c in 0..<channels {
                        let (row, column) = (h - margins[0], w - margins[2])
                        let isInside = 0..<height ~= row && 0..<width ~= column
                        expected.append(isInside ? x[((n * height + row) * width + column) * channels + c] : 0)
                    }
                }
            }
        }
        for wall in Wall.allCases {
            let source = GuardedFloats(x, wall)
            let framed = GuardedFloats(count: expected.count, wall)
            frame(shape, images: images, x: source.readOnly, y: framed.base)
            #expect(firstDifference(framed.values, expected) == nil)
            let back = GuardedFloats(count: x.count, wall)
            unframe(shape, images: images, x: framed.readOnly, y: back.base)
            #expect(firstDifference(back.values, x) == nil)
        }
    }

    @Test(arguments: [[0], [0, 1], [1, 0], [2, 0, 1], [0, 2, 1], [1, 2, 0], [2, 1, 0], [3, 1, 0, 2]])
    func `axes in another order`(axes: [Int]) {
        let lengths = Array([3, 17, 2, 5].prefix(axes.count))
        let order = AxisOrder(lengths, axes: axes)
        let images = 2
        var noise = Noise("axes")
        let x = noise.floats(images * order.count)
        let expected = (0..<images * order.count).map { index in
            var rest = index % order.count
            var position = [Int](repeating: 0, count: axes.count)
            for axis in axes.indices.reversed() {
                position[axes[axis]] = rest % lengths[axes[axis]]
                rest /= lengths[axes[axis]]
            }
            let source = zip(position, lengths).reduce(0) { $0 * $1.1 + $1.0 }
            return x[index / order.count * order.count + source]
        }
        for wall in Wall.allCases {
            let source = GuardedFloats(x, wall)
            let y = GuardedFloats(count: x.count, wall)
            permute(order, images: images, x: source.readOnly, y: y.base)
            #expect(firstDifference(y.values, expected) == nil)
        }
    }

    /// A size, another one, and channels.
    static let resizings: [[Int]] = [
        [1, 1, 1, 1, 1], [1, 1, 3, 2, 2], [5, 7, 8, 3, 1], [7, 5, 3, 11, 17], [4, 6, 8, 12, 16], [6, 4, 1, 1, 3],
        [3, 3, 3, 3, 33], [28, 28, 32, 20, 1],
    ]

    @Test(arguments: resizings, [false, true])
    func `another size samples what it should, and gradients go where values came from`(
        _ lengths: [Int], isBilinear: Bool
    ) {
        let (height, width, newHeight, newWidth, channels) = (
            lengths[0], lengths[1], lengths[2], lengths[3], lengths[4]
        )
        let shape = ResamplingShape(
            from: (height, width), to: (newHeight, newWidth), channels: channels, isBilinear: isBilinear)
        let images = 2
        var noise = Noise("resampling \(lengths)")
        let x = noise.floats(images * height * width * channels)
        let dy = noise.floats(images * newHeight * newWidth * channels)
        /// The positions around the centre of a new pixel, with their shares.
        func samples(_ index: Int, _ size: Int, _ count: Int) -> [(place: Int, share: Double)] {
            let centre = (Double(index) + 0.5) * Double(size) / Double(count)
            guard isBilinear else { return [(min(Int(centre), size - 1), 1)] }
            let lower = (centre - 0.5).rounded(.down)
            let share = centre - 0.5 - lower
            return [(max(Int(lower), 0), 1 - share), (min(Int(lower) + 1, size - 1), share)]
        }
        var (y, dx) = ([Double](repeating: 0, count: dy.count), [Double](repeating: 0, count: x.count))
        for n in 0..<images {
            for i in 0..<newHeight {
                for j in 0..<newWidth {
                    for c in 0..<channels {
                        let target = ((n * newHeight + i) * newWidth + j) * channels + c
                        for vertical in samples(i, height, newHeight) {
                            for horizontal in samples(j, width, newWidth) {
                                let source = ((n * height + vertical.place) * width + horizontal.place) * channels + c
                                let share = vertical.share * horizontal.share
                                y[target] += share * Double(x[source])
                                dx[source] += share * Double(dy[target])
                            }
                        }
                    }
                }
            }
        }
        for wall in Wall.allCases {
            let scratch = GuardedFloats(count: shape.row, wall)
            let source = GuardedFloats(x, wall)
            let result = GuardedFloats(count: y.count, wall)
            resample(shape, images: images, x: source.readOnly, y: result.base, scratch: scratch.base)
            #expect(relativeError(result.values, y) < 2e-6)
            let upstream = GuardedFloats(dy, wall)
            let gradient = GuardedFloats(count: dx.count, wall)
            resampleGradient(shape, images: images, dy: upstream.readOnly, dx: gradient.base, scratch: scratch.base)
            #expect(relativeError(gradient.values, dx) < 2e-6)
            #expect(scratch.values != nil)
        }
    }
}
