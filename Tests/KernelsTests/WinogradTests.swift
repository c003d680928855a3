import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct WinogradTests {
    @Test(arguments: ConvolutionCase.winograd, Winograd.Side.allCases)
    func `Winograd's convolution equals its definition bit for bit, however images are grouped`(
        _ example: ConvolutionCase, _ side: Winograd.Side
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        let runs = WinogradRun.walled(example, side)
        for bias in [noise.floats(shape.filters), nil] {
            let expected = Reference.winogradConvolve(
                runs[0].winograd, images: example.images, x: x, kernel: kernel, bias: bias)
            for (run, groups) in zip(runs, [[0..<example.images], [0..<1, 1..<example.images]]) {
                #expect(firstDifference(run.convolve(x, kernel: kernel, bias: bias, groups: groups), expected) == nil)
                let rectified = run.convolve(x, kernel: kernel, bias: bias, rectifies: true, groups: groups)
                #expect(firstDifference(rectified, expected.map { $0 < 0 ? 0 : $0 }) == nil)
            }
        }
    }

    @Test(arguments: ConvolutionCase.winograd, Winograd.Side.allCases)
    func `the gradient of the images equals its definition bit for bit, however images are grouped`(
        _ example: ConvolutionCase, _ side: Winograd.Side
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let dy = noise.floats(example.images * shape.outputCount)
        let kernel = noise.floats(shape.kernelCount)
        let runs = WinogradRun.walled(example, side)
        let expected = Reference.winogradInputGradient(
            runs[0].winograd, images: example.images, dy: dy, kernel: kernel)
        for (run, groups) in zip(runs, [[0..<example.images], [0..<1, 1..<example.images]]) {
            #expect(firstDifference(run.inputGradient(dy, kernel: kernel, groups: groups), expected) == nil)
        }
    }

    @Test(arguments: ConvolutionCase.winograd, Winograd.Side.allCases)
    func `the gradient of the kernel equals its definition bit for bit, however images are grouped`(
        _ example: ConvolutionCase, _ side: Winograd.Side
    ) {
        let shape = example.shape
        let all = 0..<example.images
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let dy = noise.floats(example.images * shape.outputCount)
        let runs = WinogradRun.walled(example, side)
        let winograd = runs[0].winograd
        let whole = Reference.winogradKernelGradient(winograd, parts: [all], x: x, dy: dy)
        for (run, groups) in zip(runs, [[all], [0..<1, 1..<example.images]]) {
            #expect(firstDifference(run.kernelGradient(x, dy, parts: [groups]), whole) == nil)
        }
        let two = Reference.winogradKernelGradient(winograd, parts: [0..<1, 1..<example.images], x: x, dy: dy)
        let parts = runs[0].kernelGradient(x, dy, parts: [[0..<1], [1..<example.images]])
        #expect(firstDifference(parts, two) == nil)
    }

    @Test(arguments: Winograd.Side.allCases)
    func `the gradient of a wide kernel, cut by images and filters, is the sum of its parts`(_ side: Winograd.Side) {
        for images in [3, 11] {
            let example = ConvolutionCase(size: (5, 6), channels: 20, filters: 150, images: images)
            var noise = Noise("wide \(images)")
            let x = noise.floats(images * example.shape.inputCount)
            let dy = noise.floats(images * example.shape.outputCount)
            let run = WinogradRun(example, side)
            let parts = (0..<WinogradGradientPieces.parts).map {
                (0..<images).share($0, of: WinogradGradientPieces.parts)
            }
            let expected = Reference.winogradKernelGradient(
                run.winograd, parts: parts.filter { !$0.isEmpty }, x: x, dy: dy)
            #expect(firstDifference(run.wideKernelGradient(x, dy), expected) == nil)
        }
    }

    @Test(arguments: Winograd.Side.allCases)
    func `a bias that is infinite or not a number reaches its own filter only`(_ side: Winograd.Side) {
        let example = ConvolutionCase(size: (4, 4), channels: 2, filters: 20, images: 1)
        var bias = [Float](repeating: 1, count: 20)
        bias[3] = .infinity
        bias[18] = .nan
        let y = WinogradRun(example, side).convolve(
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

    @Test(arguments: [
        (size: 4, side: Winograd.Side.two), (5, .four), (6, .four), (8, .four), (12, .four), (16, .four), (28, .four),
    ])
    func `tiles are as large as it takes to multiply least`(_ size: Int, _ side: Winograd.Side) {
        #expect(ConvolutionCase(size: (size, size), channels: 64, filters: 64).shape.fastWinograd?.side == side)
    }
}
