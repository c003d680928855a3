import Kernels
import Oracles
import TestSupport
import Testing

/// The lengths of one convolution with gaps or groups.
struct GeneralConvolutionCase: Sendable, CustomTestStringConvertible {
    var size = (7, 8)
    var window = (3, 3)
    var strides = (1, 1)
    var dilation = (1, 1)
    var same = false
    var channels = 4
    var filters = 6
    var groups = 1
    var images = 2

    var shape: GeneralConvolutionShape {
        GeneralConvolutionShape(
            vertical: Windows(
                size: size.0, window: window.0, stride: strides.0, dilation: dilation.0, same: same)!,
            horizontal: Windows(
                size: size.1, window: window.1, stride: strides.1, dilation: dilation.1, same: same)!,
            channels: channels, filters: filters, groups: groups)
    }

    var testDescription: String {
        "\(images) × \(size.0)×\(size.1)×\(channels), \(window.0)×\(window.1) by \(strides.0),\(strides.1)"
            + " dilated \(dilation.0),\(dilation.1)\(same ? " same" : "") → \(filters) in \(groups)"
    }

    static let all: [GeneralConvolutionCase] = [
        GeneralConvolutionCase(dilation: (2, 2)),
        GeneralConvolutionCase(dilation: (2, 1), channels: 1, filters: 17),
        GeneralConvolutionCase(dilation: (1, 3), same: true, channels: 17, filters: 33),
        GeneralConvolutionCase(size: (3, 4), dilation: (4, 5), same: true, filters: 1),
        GeneralConvolutionCase(size: (9, 9), window: (5, 2), dilation: (2, 8), channels: 3, filters: 65),
        GeneralConvolutionCase(groups: 2),
        GeneralConvolutionCase(strides: (2, 3), same: true, channels: 6, filters: 3, groups: 3),
        GeneralConvolutionCase(window: (2, 2), strides: (3, 4), channels: 5, filters: 10, groups: 5, images: 3),
        GeneralConvolutionCase(window: (1, 1), strides: (2, 2), channels: 34, filters: 68, groups: 2),
        GeneralConvolutionCase(same: true, channels: 66, filters: 96, groups: 2, images: 1),
        GeneralConvolutionCase(dilation: (2, 2), same: true, channels: 8, filters: 40, groups: 4),
        GeneralConvolutionCase(size: (1, 1), window: (3, 3), dilation: (2, 2), same: true, filters: 4, groups: 4),
    ]

    /// The convolution without gaps and groups that computes the same, with zeros in its kernel.
    var plain: ConvolutionShape {
        ConvolutionShape(
            vertical: Windows(size: size.0, window: shape.vertical.length, stride: strides.0, same: same)!,
            horizontal: Windows(size: size.1, window: shape.horizontal.length, stride: strides.1, same: same)!,
            channels: channels, filters: filters)
    }

    /// Where each number of the kernel stands in the kernel with zeros.
    var places: [Int] {
        (0..<shape.kernelCount).map { index in
            let (row, filter) = index.quotientAndRemainder(dividingBy: filters)
            let (tap, channel) = row.quotientAndRemainder(dividingBy: channels / groups)
            let (p, q) = tap.quotientAndRemainder(dividingBy: window.1)
            let position = p * shape.vertical.dilation * plain.horizontal.window + q * shape.horizontal.dilation
            let group = filter / (filters / groups)
            return (position * channels + group * (channels / groups) + channel) * filters + filter
        }
    }

    func plain(_ kernel: [Float]) -> [Float] {
        var spread = [Float](repeating: 0, count: plain.kernelCount)
        for (number, place) in zip(kernel, places) { spread[place] = number }
        return spread
    }
}

/// The oracle is a plain convolution whose kernel has zeros in the gaps and between groups: they change no sum.
@Suite struct GeneralConvolutionTests {
    @Test(arguments: GeneralConvolutionCase.all)
    func `gaps and groups are zeros of a kernel, bit for bit`(_ example: GeneralConvolutionCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let kernel = noise.floats(shape.kernelCount)
        for bias in [noise.floats(shape.filters), nil] {
            let sums = Reference.convolve(
                example.plain, images: example.images, x: x, kernel: example.plain(kernel), bias: bias)
            for (bounds, expected) in [(.none, sums), (.rectified, sums.map { $0 < 0 ? 0 : $0 })]
                as [(ReLUBounds, [Float])]
            {
                for wall in Wall.allCases {
                    let panels = GeneralConvolutionPanels(shape)
                    let source = GuardedFloats(kernel, wall)
                    let start = bias.map { GuardedFloats($0, wall) }
                    let packed = GuardedFloats(count: panels.floats, wall)
                    for piece in (0..<panels.pieces).reversed() {
                        panels.pack(piece: piece, kernel: source.readOnly, bias: start?.readOnly, to: packed.base)
                    }
                    let images = GuardedFloats(x, wall)
                    let frames = GuardedFloats(count: example.images * shape.frameFloats, wall)
                    let y = GuardedFloats(count: expected.count, wall)
                    convolve(
                        shape, images: example.images, x: images.readOnly, packedKernel: packed.readOnly,
                        epilogue: Epilogue(bounds: bounds), y: y.base, frames: frames.base)
                    #expect(firstDifference(y.values, expected) == nil)
                    #expect(packed.values != nil && frames.values != nil)
                }
            }
        }
    }

    @Test(arguments: GeneralConvolutionCase.all)
    func `so they are in the gradient of the images`(_ example: GeneralConvolutionCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let dy = noise.floats(example.images * shape.outputCount)
        let kernel = noise.floats(shape.kernelCount)
        let expected = Reference.convolutionInputGradient(
            example.plain, images: example.images, dy: dy, kernel: example.plain(kernel))
        for wall in Wall.allCases {
            let panels = GeneralTransposedPanels(shape)
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

    @Test(arguments: GeneralConvolutionCase.all)
    func `the gradient of the kernel is that of the numbers which are not zeros`(_ example: GeneralConvolutionCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let dy = noise.floats(example.images * shape.outputCount)
        let before = noise.floats(shape.kernelCount)
        var spread = example.plain(before)
        Reference.addConvolutionKernelGradient(example.plain, images: example.images, x: x, dy: dy, dw: &spread)
        let expected = example.places.map { spread[$0] }
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let gradient = GuardedFloats(dy, wall)
            let space = GuardedFloats(count: example.images * shape.kernelGradientFloats, wall)
            let dw = GuardedFloats(before, wall)
            shape.addKernelGradient(
                images: example.images, x: images.readOnly, dy: gradient.readOnly, dw: dw.base, space: space.base)
            #expect(firstDifference(dw.values, expected) == nil)
            #expect(space.values != nil)
        }
    }
}
