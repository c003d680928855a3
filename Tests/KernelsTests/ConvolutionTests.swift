import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct ConvolutionTests {
    @Test(arguments: ConvolutionCase.all)
    func `a convolution equals its definition bit for bit`(_ example: ConvolutionCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        for bias in [noise.floats(shape.filters), nil] {
            let expected = Reference.convolve(shape, images: example.images, x: x, kernel: kernel, bias: bias)
            for wall in Wall.allCases {
                let panels = ConvolutionKernelPanels(shape)
                let source = GuardedFloats(kernel, wall)
                let start = bias.map { GuardedFloats($0, wall) }
                let packed = GuardedFloats(count: panels.floats, wall)
                for piece in (0..<panels.pieces).reversed() {
                    panels.pack(piece: piece, kernel: source.readOnly, bias: start?.readOnly, to: packed.base)
                }
                let images = GuardedFloats(x, wall)
                let frames = GuardedFloats(count: example.images * shape.frameFloats, wall)
                let y = GuardedFloats(count: expected.count, wall)
                for (bounds, expected) in [(.none, expected), (.rectified, expected.map { $0 < 0 ? 0 : $0 })]
                    as [(ReLUBounds, [Float])]
                {
                    convolve(
                        shape, images: example.images, x: images.readOnly, packedKernel: packed.readOnly,
                        epilogue: Epilogue(bounds: bounds), y: y.base, frames: frames.base)
                    #expect(firstDifference(y.values, expected) == nil)
                }
                #expect(packed.values != nil && frames.values != nil)
            }
        }
    }

    @Test(arguments: ConvolutionCase.odd)
    func `a normalization and a ReLU in one with it give the bits of one after the other`(_ example: ConvolutionCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        let coefficients = noise.floats(3 * shape.filters)
        let sums = Reference.convolve(shape, images: example.images, x: x, kernel: kernel, bias: nil)
        let expected = withEpilogue(sums, channels: shape.filters, coefficients: coefficients, ReLU())
        let panels = ConvolutionKernelPanels(shape)
        let packed = GuardedFloats(count: panels.floats, .after)
        for piece in 0..<panels.pieces { panels.pack(piece: piece, kernel: kernel, bias: nil, to: packed.base) }
        for wall in Wall.allCases {
            let frames = GuardedFloats(count: example.images * shape.frameFloats, wall)
            let y = GuardedFloats(count: expected.count, wall)
            let rules = GuardedFloats(coefficients, wall)
            convolve(
                shape, images: example.images, x: x, packedKernel: packed.readOnly,
                epilogue: Epilogue(coefficients: rules.readOnly, bounds: .rectified), y: y.base, frames: frames.base)
            #expect(firstDifference(y.values, expected) == nil)
        }
    }

    @Test(arguments: ConvolutionCase.all)
    func `the gradient of the images equals its definition bit for bit`(_ example: ConvolutionCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let dy = noise.floats(example.images * shape.outputCount)
        let kernel = noise.floats(shape.kernelCount)
        let expected = Reference.convolutionInputGradient(shape, images: example.images, dy: dy, kernel: kernel)
        for wall in Wall.allCases {
            let panels = ConvolutionTransposedPanels(shape)
            let source = GuardedFloats(kernel, wall)
            let packed = GuardedFloats(count: panels.floats, wall)
            for piece in (0..<panels.pieces).reversed() {
                panels.pack(piece: piece, kernel: source.readOnly, to: packed.base)
            }
            let gradient = GuardedFloats(dy, wall)
            let frames = GuardedFloats(count: example.images * shape.inputGradientFloats, wall)
            let dx = GuardedFloats(count: expected.count, wall)
            convolutionInputGradient(
                shape, images: example.images, dy: gradient.readOnly, packedKernel: packed.readOnly, dx: dx.base,
                frames: frames.base)
            #expect(firstDifference(dx.values, expected) == nil)
            #expect(packed.values != nil && frames.values != nil)
        }
    }

    @Test(arguments: ConvolutionCase.all)
    func `the gradient of the kernel is added to what is there, bit for bit`(_ example: ConvolutionCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let dy = noise.floats(example.images * shape.outputCount)
        let before = noise.floats(shape.kernelCount)
        var expected = before
        Reference.addConvolutionKernelGradient(shape, images: example.images, x: x, dy: dy, dw: &expected)
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let gradient = GuardedFloats(dy, wall)
            let space = GuardedFloats(count: example.images * shape.kernelGradientFloats, wall)
            let dw = GuardedFloats(before, wall)
            addConvolutionKernelGradient(
                shape, images: example.images, x: images.readOnly, dy: gradient.readOnly, dw: dw.base,
                space: space.base)
            #expect(firstDifference(dw.values, expected) == nil)
            #expect(space.values != nil)
        }
    }

    @Test func `a bias that is infinite or not a number reaches its own filter only`() {
        let shape = ConvolutionCase(size: (3, 3), channels: 2, filters: 20, images: 1).shape
        var bias = [Float](repeating: 1, count: 20)
        bias[3] = .infinity
        bias[18] = .nan
        let x = [Float](repeating: 0, count: shape.inputCount)
        let panels = ConvolutionKernelPanels(shape)
        let packed = GuardedFloats(count: panels.floats, .after)
        let y = GuardedFloats(count: 20, .after)
        let kernel = [Float](repeating: 1, count: shape.kernelCount)
        for piece in 0..<panels.pieces { panels.pack(piece: piece, kernel: kernel, bias: bias, to: packed.base) }
        convolve(shape, images: 1, x: x, packedKernel: packed.readOnly, y: y.base, frames: y.base)
        #expect(firstDifference(y.values, bias) == nil)
    }
}
