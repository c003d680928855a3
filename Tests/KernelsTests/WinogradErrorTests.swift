import Kernels
import Oracles
import TestSupport
import Testing

// Winograd's way rounds differently from the direct one. Measured as the length of the error in parts of the length of
// the truth, which is computed in double precision; images and gradients are uniform around zero, as are the weights.

@Suite struct WinogradErrorTests {
    /// What results may be off by: larger tiles cost precision.
    private func bound(_ side: Winograd.Side) -> Double { side == .two ? 1e-6 : 2e-6 }

    @Test(arguments: ConvolutionCase.layers, Winograd.Side.allCases)
    func `results are within a few millionths of the truth`(_ example: ConvolutionCase, _ side: Winograd.Side) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        let truth = ExactConvolution(shape, images: example.images).results(x: x, kernel: kernel)
        let direct = Reference.convolve(shape, images: example.images, x: x, kernel: kernel, bias: nil)
        let winograd = WinogradRun(example, side).convolve(x, kernel: kernel, bias: nil, groups: [0..<example.images])
        report("forward", side, relativeDistance(winograd, truth), direct: relativeDistance(direct, truth))
    }

    @Test(arguments: ConvolutionCase.layers, Winograd.Side.allCases)
    func `gradients of images are within a few millionths of the truth`(
        _ example: ConvolutionCase, _ side: Winograd.Side
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let dy = noise.floats(example.images * shape.outputCount)
        let kernel = noise.floats(shape.kernelCount)
        let truth = ExactConvolution(shape, images: example.images).inputGradient(dy: dy, kernel: kernel)
        let direct = Reference.convolutionInputGradient(shape, images: example.images, dy: dy, kernel: kernel)
        let winograd = WinogradRun(example, side).inputGradient(dy, kernel: kernel, groups: [0..<example.images])
        report("input gradient", side, relativeDistance(winograd, truth), direct: relativeDistance(direct, truth))
    }

    @Test(arguments: ConvolutionCase.layers, Winograd.Side.allCases)
    func `gradients of kernels are within a few millionths of the truth`(
        _ example: ConvolutionCase, _ side: Winograd.Side
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let dy = noise.floats(example.images * shape.outputCount)
        let truth = ExactConvolution(shape, images: example.images).kernelGradient(x: x, dy: dy)
        var direct = [Float](repeating: 0, count: shape.kernelCount)
        Reference.addConvolutionKernelGradient(shape, images: example.images, x: x, dy: dy, dw: &direct)
        let winograd = WinogradRun(example, side).kernelGradient(x, dy, parts: [[0..<example.images]])
        report("kernel gradient", side, relativeDistance(winograd, truth), direct: relativeDistance(direct, truth))
    }

    private func report(_ what: String, _ side: Winograd.Side, _ error: Double, direct: Double) {
        #expect(error < bound(side) && error > 0, "\(what); the direct way is off by \(direct)")
    }
}
