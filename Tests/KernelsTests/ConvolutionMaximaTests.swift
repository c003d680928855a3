import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct ConvolutionMaximaTests {
    /// Each of the three ways, at every kind of edge that it has.
    static let examples: [PooledCase] = short + strips + tiles

    /// Short sums in registers: windows written out and not, filters of all widths, padding, strides, pools that leave some out.
    static let short: [PooledCase] =
        [1, 8, 10, 16, 17, 32, 48, 65].map { filters in
            PooledCase(ConvolutionCase(size: (9, 8), channels: 1, filters: filters))
        } + [
            PooledCase(ConvolutionCase(size: (28, 28), channels: 1, filters: 33, images: 3)),
            PooledCase(ConvolutionCase(size: (7, 8), same: true, channels: 1, filters: 20)),
            PooledCase(ConvolutionCase(size: (8, 9), window: (3, 1), channels: 3, filters: 16)),
            PooledCase(ConvolutionCase(size: (9, 9), window: (4, 4), channels: 2, filters: 15)),
            PooledCase(ConvolutionCase(size: (11, 12), strides: (2, 1), channels: 1, filters: 40)),
            PooledCase(ConvolutionCase(size: (11, 12), channels: 1, filters: 9), strides: (3, 4)),
        ] + pairs

    /// So few filters that two images are one: even and odd numbers of images, filters that fill half a vector and less.
    static let pairs: [PooledCase] =
        (1...5).map { images in
            PooledCase(ConvolutionCase(size: (6, 9), channels: 1, filters: images + 3, images: images))
        } + [
            PooledCase(ConvolutionCase(size: (28, 28), channels: 1, filters: 8, images: 3)),
            PooledCase(ConvolutionCase(size: (7, 8), same: true, channels: 1, filters: 4, images: 3)),
            PooledCase(ConvolutionCase(size: (9, 9), window: (5, 5), channels: 1, filters: 7, images: 4)),
            PooledCase(ConvolutionCase(size: (8, 8), same: true, channels: 3, filters: 3, images: 3)),
            PooledCase(ConvolutionCase(size: (11, 12), strides: (2, 1), channels: 1, filters: 2), strides: (2, 3)),
        ]

    /// Longer sums and other windows, through a strip of rows.
    static let strips: [PooledCase] = [
        PooledCase(ConvolutionCase(size: (9, 8), channels: 10, filters: 10)),
        PooledCase(ConvolutionCase(size: (9, 8), channels: 5, filters: 33, images: 3)),
        PooledCase(ConvolutionCase(size: (8, 8), window: (5, 5), same: true, channels: 4, filters: 16)),
        PooledCase(ConvolutionCase(size: (9, 11), channels: 1, filters: 17), window: (3, 2)),
        PooledCase(ConvolutionCase(size: (9, 11), channels: 1, filters: 16), window: (1, 3), strides: (2, 4)),
        PooledCase(ConvolutionCase(size: (6, 6), strides: (2, 2), channels: 20, filters: 100)),
    ]

    /// Winograd's tiles: all of them used, a row and a column left out, padding, filters that fill no vector.
    static let tiles: [PooledCase] = [
        PooledCase(ConvolutionCase(size: (14, 14), channels: 16, filters: 16)),
        PooledCase(ConvolutionCase(size: (10, 10), channels: 16, filters: 40, images: 3)),
        PooledCase(ConvolutionCase(size: (5, 5), channels: 20, filters: 16)),
        PooledCase(ConvolutionCase(size: (8, 14), same: true, channels: 16, filters: 35, images: 3)),
        PooledCase(ConvolutionCase(size: (13, 13), channels: 32, filters: 64, images: 5)),
        PooledCase(ConvolutionCase(size: (13, 12), channels: 17, filters: 33, images: 3)),
        PooledCase(ConvolutionCase(size: (12, 13), same: true, channels: 16, filters: 100)),
    ]

    @Test(arguments: examples, [false, true])
    func `maxima and winners are those of the convolution and the pool one after the other`(
        _ example: PooledCase, rectifies: Bool
    ) throws {
        let convolution = example.convolution.shape
        let shape = try #require(ConvolutionMaximaShape(convolution, example.pool))
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * convolution.inputCount)
        let kernel = noise.floats(convolution.kernelCount)
        let bias = noise.floats(convolution.filters)
        let results =
            if let winograd = convolution.fastWinograd {
                Reference.winogradConvolve(winograd, images: example.images, x: x, kernel: kernel, bias: bias)
            } else {
                Reference.convolve(convolution, images: example.images, x: x, kernel: kernel, bias: bias)
            }
        let (maxima, winners) = Reference.maxPool(
            example.pool, images: example.images, x: results, rectifies: rectifies)
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let packed = packedKernel(shape, convolution, kernel: kernel, bias: bias, wall)
            let frames = GuardedFloats(count: example.images * shape.frameFloats, wall)
            let scratch = GuardedFloats(count: shape.scratchFloats, wall)
            let y = GuardedFloats(count: maxima.count, wall)
            for places in [GuardedFloats(count: maxima.count, wall), nil] {
                convolutionMaxima(
                    shape, images: example.images, x: images.readOnly, packedKernel: packed.readOnly,
                    rectifies: rectifies, y: y.base, winners: places?.base, frames: frames.base, scratch: scratch.base)
                #expect(firstDifference(y.values, maxima) == nil)
                if let places { #expect(places.values?.map(\.bitPattern) == winners.map(\.bitPattern)) }
            }
            #expect(frames.values != nil && scratch.values != nil)
        }
    }

    private func packedKernel(
        _ shape: ConvolutionMaximaShape, _ convolution: ConvolutionShape, kernel: [Float], bias: [Float], _ wall: Wall
    ) -> GuardedFloats {
        if let winograd = shape.winograd {
            let panels = WinogradKernelPanels(winograd, .forward)
            let packed = GuardedFloats(count: panels.floats, wall)
            for piece in 0..<panels.pieces { panels.pack(piece: piece, kernel: kernel, bias: bias, to: packed.base) }
            return packed
        }
        let panels = ConvolutionKernelPanels(convolution)
        let packed = GuardedFloats(count: panels.floats, wall)
        for piece in 0..<panels.pieces { panels.pack(piece: piece, kernel: kernel, bias: bias, to: packed.base) }
        return packed
    }

    @Test(arguments: [
        // Windows that overlap want results twice; Winograd's tiles hold squares of two by two.
        PooledCase(ConvolutionCase(size: (9, 9), channels: 1, filters: 8), window: (3, 3), strides: (2, 2)),
        PooledCase(ConvolutionCase(size: (14, 14), channels: 16, filters: 16), window: (3, 3)),
        PooledCase(ConvolutionCase(size: (14, 14), channels: 16, filters: 16), strides: (3, 2)),
    ])
    func `other pools are left to themselves`(_ example: PooledCase) {
        #expect(ConvolutionMaximaShape(example.convolution.shape, example.pool) == nil)
    }

    @Test func `every way has examples`() {
        func isTiled(_ example: PooledCase) -> Bool {
            ConvolutionMaximaShape(example.convolution.shape, example.pool)?.winograd != nil
        }
        func isShort(_ example: PooledCase) -> Bool {
            ConvolutionMaximaShape(example.convolution.shape, example.pool)?.isShort == true
        }
        #expect(Self.tiles.allSatisfy(isTiled) && !(Self.short + Self.strips).contains(where: isTiled))
        #expect(Self.short.allSatisfy(isShort) && !(Self.strips + Self.tiles).contains(where: isShort))
    }
}
