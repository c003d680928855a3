import Kernels
import Oracles
import TestSupport
import Testing

/// A convolution and the pool behind it, to be compared with the definition of their gradients.
struct PooledCase: Sendable, CustomTestStringConvertible {
    let convolution: ConvolutionCase
    let window: (Int, Int)
    let strides: (Int, Int)

    init(_ convolution: ConvolutionCase, window: (Int, Int) = (2, 2), strides: (Int, Int)? = nil) {
        self.convolution = convolution
        self.window = window
        self.strides = strides ?? window
    }

    var pool: PoolingShape {
        let shape = convolution.shape
        return PoolingShape(
            vertical: Windows(size: shape.vertical.count, window: window.0, stride: strides.0, same: false)!,
            horizontal: Windows(size: shape.horizontal.count, window: window.1, stride: strides.1, same: false)!,
            channels: shape.filters)
    }

    /// Patches of every width that a tile is high, and kernels of fewer, exactly and more than three rows.
    static let few: [PooledCase] =
        (1...12).map { channels in
            PooledCase(ConvolutionCase(size: (7, 6), window: (3, 1), channels: channels, filters: 17))
        }
        + [
            PooledCase(ConvolutionCase(size: (28, 28), channels: 1, filters: 8)),
            PooledCase(ConvolutionCase(size: (9, 11), channels: 3, filters: 33), window: (3, 2)),
            PooledCase(ConvolutionCase(size: (8, 8), window: (2, 2), strides: (2, 1), channels: 4, filters: 1)),
            PooledCase(ConvolutionCase(size: (12, 12), window: (5, 5), same: true, channels: 1, filters: 10)),
            PooledCase(ConvolutionCase(size: (12, 12), window: (4, 3), channels: 2, filters: 16), window: (1, 1)),
        ] + pairs

    /// So few filters that two images are one: even and odd numbers of images, filters that fill half a vector and less.
    private static let pairs: [PooledCase] =
        (1...5).map { images in
            PooledCase(ConvolutionCase(size: (6, 9), channels: 1, filters: images + 3, images: images))
        } + [
            PooledCase(ConvolutionCase(size: (7, 8), same: true, channels: 1, filters: 4, images: 3)),
            PooledCase(ConvolutionCase(size: (9, 9), window: (5, 5), channels: 2, filters: 7, images: 4)),
            PooledCase(ConvolutionCase(size: (9, 11), channels: 3, filters: 8, images: 3), window: (3, 2)),
            PooledCase(ConvolutionCase(size: (11, 12), strides: (2, 1), channels: 1, filters: 2), strides: (2, 3)),
        ]

    var shape: PooledConvolutionShape? { PooledConvolutionShape(convolution.shape, pool) }
    var images: Int { convolution.images }
    var testDescription: String { "\(convolution.testDescription), pool \(window) by \(strides)" }

    /// Patches of every width, whole and partial, of one row and of three and more.
    static let all: [PooledCase] =
        [6, 8, 10, 16, 17, 32, 33, 64, 65, 128].map { channels in
            PooledCase(ConvolutionCase(size: (7, 6), channels: channels, filters: 5))
        } + [
            PooledCase(ConvolutionCase(size: (6, 7), same: true, channels: 16, filters: 17, images: 3)),
            PooledCase(ConvolutionCase(size: (6, 6), same: true, channels: 10, filters: 10)),
            PooledCase(ConvolutionCase(size: (9, 8), window: (2, 4), channels: 8, filters: 3), window: (2, 3)),
            PooledCase(ConvolutionCase(size: (9, 9), window: (1, 1), channels: 24, filters: 4), window: (4, 1)),
            PooledCase(ConvolutionCase(size: (11, 11), window: (5, 5), channels: 4, filters: 6), strides: (3, 2)),
            PooledCase(ConvolutionCase(size: (12, 12), strides: (2, 2), channels: 16, filters: 8), window: (2, 2)),
            PooledCase(ConvolutionCase(size: (9, 9), strides: (2, 2), same: true, channels: 7, filters: 8)),
            PooledCase(ConvolutionCase(size: (13, 13), channels: 32, filters: 64, images: 2)),
            PooledCase(ConvolutionCase(size: (7, 9), channels: 16, filters: 135, images: 2)),
            PooledCase(ConvolutionCase(size: (24, 26), channels: 32, filters: 5, images: 3)),
            PooledCase(ConvolutionCase(size: (16, 12), window: (5, 4), same: true, channels: 48, filters: 3)),
        ]
}

@Suite struct PooledConvolutionTests {
    /// Gradients of maxima of which many are zero, and where each of them came from.
    private func gradients(_ example: PooledCase, _ noise: inout Noise) -> (dy: [Float], winners: [Float]) {
        let y = noise.floats(example.images * example.convolution.shape.outputCount)
        let winners = Reference.maxPool(example.pool, images: example.images, x: y, rectifies: true).winners
        let dy = winners.map { $0.bitPattern == .max || noise.integer(in: 0...2) == 0 ? 0 : noise.floats(1)[0] }
        return (dy, winners)
    }

    @Test(arguments: PooledCase.all)
    func `the gradient of the kernel equals the definition bit for bit`(_ example: PooledCase) throws {
        let shape = try #require(example.shape)
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.convolution.inputCount)
        let (dy, winners) = gradients(example, &noise)
        let expected = Reference.pooledKernelGradient(
            shape.convolution, shape.pool, images: example.images, x: x, dy: dy, winners: winners, imageByImage: false)
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let gradient = GuardedFloats(dy, wall)
            let places = GuardedFloats(winners, wall)
            let space = GuardedFloats(count: example.images * shape.kernelGradientFloats, wall)
            let scratch = GuardedFloats(count: shape.stripFloats, wall)
            let part = GuardedFloats([Float](repeating: 0, count: shape.kernelPartFloats), wall)
            let dw = GuardedFloats(count: expected.count, wall)
            addPooledKernelGradient(
                shape, images: example.images, x: images.readOnly, dy: gradient.readOnly, winners: places.readOnly,
                part: part.base, space: space.base, scratch: scratch.base)
            for filter in 0..<shape.convolution.filters {
                combinePooledKernelGradient(
                    shape, parts: 1, stride: 0, filters: filter..<filter + 1, from: part.base, to: dw.base)
            }
            #expect(firstDifference(dw.values, expected) == nil)
            #expect(space.values != nil && scratch.values != nil && part.values != nil)
        }
    }

    @Test(arguments: PooledCase.few)
    func `the gradient of a kernel over few channels equals the definition bit for bit`(_ example: PooledCase) throws {
        let shape = try #require(NarrowConvolutionShape(example.convolution.shape, example.pool))
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.convolution.inputCount)
        let (dy, winners) = gradients(example, &noise)
        let expected = Reference.pooledKernelGradient(
            example.convolution.shape, example.pool, images: example.images, x: x, dy: dy, winners: winners,
            imageByImage: true)
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let gradient = GuardedFloats(dy, wall)
            let places = GuardedFloats(winners, wall)
            let space = GuardedFloats(count: example.images * shape.spaceFloats, wall)
            let scratch = GuardedFloats(count: shape.scratchFloats, wall)
            let part = GuardedFloats([Float](repeating: 0, count: shape.partFloats), wall)
            let dw = GuardedFloats(count: expected.count, wall)
            addNarrowKernelGradient(
                shape, images: example.images, x: images.readOnly, dy: gradient.readOnly, winners: places.readOnly,
                part: part.base, frames: space.base, scratch: scratch.base)
            for row in 0..<shape.convolution.depth {
                combineNarrowKernelGradient(
                    shape, parts: 1, stride: 0, rows: row..<row + 1, from: part.base, to: dw.base)
            }
            #expect(firstDifference(dw.values, expected) == nil)
            #expect(space.values != nil && scratch.values != nil && part.values != nil)
        }
    }

    @Test(arguments: PooledCase.all)
    func `the gradient of the images equals the definition bit for bit`(_ example: PooledCase) throws {
        let shape = try #require(example.shape)
        var noise = Noise(example.testDescription)
        let kernel = noise.floats(shape.convolution.kernelCount)
        let (dy, winners) = gradients(example, &noise)
        let expected = Reference.pooledInputGradient(
            shape.convolution, shape.pool, images: example.images, dy: dy, winners: winners, kernel: kernel)
        for wall in Wall.allCases {
            let source = GuardedFloats(kernel, wall)
            let packed = GuardedFloats(count: shape.packedFloats, wall)
            for filter in 0..<shape.convolution.filters {
                packPooledKernel(shape, filters: filter..<filter + 1, kernel: source.readOnly, to: packed.base)
            }
            let gradient = GuardedFloats(dy, wall)
            let places = GuardedFloats(winners, wall)
            let space = GuardedFloats(count: example.images * shape.inputGradientFloats, wall)
            let dx = GuardedFloats(count: expected.count, wall)
            pooledInputGradient(
                shape, images: example.images, dy: gradient.readOnly, winners: places.readOnly,
                packedKernel: packed.readOnly, dx: dx.base, space: space.base)
            #expect(firstDifference(dx.values, expected) == nil)
            #expect(space.values != nil && packed.values != nil)
        }
    }

    @Test(arguments: PooledCase.all)
    func `skipping zeros changes nothing but rounding`(_ example: PooledCase) throws {
        let shape = try #require(example.shape)
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.convolution.inputCount)
        let kernel = noise.floats(shape.convolution.kernelCount)
        let (dy, winners) = gradients(example, &noise)
        let scattered = Reference.maxPoolGradient(example.pool, images: example.images, winners: winners, dy: dy)

        var dense = [Float](repeating: 0, count: kernel.count)
        Reference.addConvolutionKernelGradient(
            shape.convolution, images: example.images, x: x, dy: scattered, dw: &dense)
        let sparse = Reference.pooledKernelGradient(
            shape.convolution, shape.pool, images: example.images, x: x, dy: dy, winners: winners, imageByImage: false)
        #expect(zip(sparse, dense).allSatisfy { abs($0 - $1) <= 1e-5 })

        let denseInput = Reference.convolutionInputGradient(
            shape.convolution, images: example.images, dy: scattered, kernel: kernel)
        let sparseInput = Reference.pooledInputGradient(
            shape.convolution, shape.pool, images: example.images, dy: dy, winners: winners, kernel: kernel)
        #expect(zip(sparseInput, denseInput).allSatisfy { abs($0 - $1) <= 1e-5 })
    }

    @Test func `overlapping, padded and huge windows are left to images`() {
        let convolution = ConvolutionCase(size: (20, 20), channels: 16).shape
        func suits(window: Int, stride: Int, same: Bool) -> Bool {
            let axis = Windows(size: 18, window: window, stride: stride, same: same)!
            let pool = PoolingShape(vertical: axis, horizontal: axis, channels: convolution.filters)
            return PooledConvolutionShape(convolution, pool) != nil
        }
        #expect(suits(window: 2, stride: 2, same: false) && suits(window: 2, stride: 2, same: true))
        #expect(!suits(window: 3, stride: 2, same: false) && !suits(window: 4, stride: 4, same: true))
        #expect(!suits(window: 1, stride: 1, same: false) && !suits(window: 9, stride: 9, same: false))
    }
}
