import Kernels
import TestSupport
import Testing

@Suite struct WinogradTests {
    @Test(arguments: ConvolutionCase.winograd, Wall.allCases)
    func `Winograd's convolution equals its definition bit for bit, however images are grouped`(
        _ example: ConvolutionCase, _ wall: Wall
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        let run = WinogradRun(example, wall)
        for bias in [noise.floats(shape.filters), nil] {
            let expected = Reference.winogradConvolve(shape, images: example.images, x: x, kernel: kernel, bias: bias)
            for groups in [[0..<example.images], [0..<1, 1..<example.images]] {
                #expect(firstDifference(run.convolve(x, kernel: kernel, bias: bias, groups: groups), expected) == nil)
            }
        }
    }

    @Test(arguments: ConvolutionCase.winograd, Wall.allCases)
    func `the gradient of the images equals its definition bit for bit, however images are grouped`(
        _ example: ConvolutionCase, _ wall: Wall
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let dy = noise.floats(example.images * shape.outputCount)
        let kernel = noise.floats(shape.kernelCount)
        let expected = Reference.winogradInputGradient(shape, images: example.images, dy: dy, kernel: kernel)
        for groups in [[0..<example.images], [0..<1, 1..<example.images]] {
            let dx = WinogradRun(example, wall).inputGradient(dy, kernel: kernel, groups: groups)
            #expect(firstDifference(dx, expected) == nil)
        }
    }

    @Test(arguments: ConvolutionCase.winograd, Wall.allCases)
    func `the gradient of the kernel equals its definition bit for bit, however images are grouped`(
        _ example: ConvolutionCase, _ wall: Wall
    ) {
        let shape = example.shape
        let all = 0..<example.images
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let dy = noise.floats(example.images * shape.outputCount)
        let run = WinogradRun(example, wall)
        let whole = Reference.winogradKernelGradient(shape, parts: [all], x: x, dy: dy)
        for groups in [[all], [0..<1, 1..<example.images]] {
            #expect(firstDifference(run.kernelGradient(x, dy, parts: [groups]), whole) == nil)
        }
        let two = Reference.winogradKernelGradient(shape, parts: [0..<1, 1..<example.images], x: x, dy: dy)
        let parts = run.kernelGradient(x, dy, parts: [[0..<1], [1..<example.images]])
        #expect(firstDifference(parts, two) == nil)
    }

    @Test func `a bias that is infinite or not a number reaches its own filter only`() {
        let example = ConvolutionCase(size: (4, 4), channels: 2, filters: 20, images: 1)
        var bias = [Float](repeating: 1, count: 20)
        bias[3] = .infinity
        bias[18] = .nan
        let y = WinogradRun(example).convolve(
            Array(repeating: 0, count: example.shape.inputCount),
            kernel: Array(repeating: 1, count: example.shape.kernelCount), bias: bias, groups: [0..<1])
        #expect(firstDifference(y, bias + bias + bias + bias) == nil)
    }

    @Test func `only shapes that it makes faster go Winograd's way`() {
        func isFast(_ example: ConvolutionCase) -> Bool { example.shape.fastWinograd != nil }
        #expect(ConvolutionCase.layers.allSatisfy(isFast))
        #expect(!isFast(ConvolutionCase(size: (28, 28), channels: 1, filters: 32)))
        #expect(!isFast(ConvolutionCase(size: (13, 13), window: (5, 5), channels: 32, filters: 32)))
        #expect(!isFast(ConvolutionCase(size: (13, 13), strides: (2, 2), channels: 32, filters: 32)))
        #expect(!isFast(ConvolutionCase(size: (3, 3), channels: 64, filters: 64)))
    }
}
