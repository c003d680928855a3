import Kernels
import TestSupport
import Testing

extension ConvolutionCase {
    /// Every kind of edge that tiles have, in images small enough for a naive reference.
    static let winograd: [ConvolutionCase] =
        [false, true].flatMap { same in
            [
                (1, 1), (3, 3), (4, 4), (3, 8), (7, 4), (5, 6), (9, 9), (10, 6),
            ].filter { same || $0.0 >= 3 }.flatMap { size in
                [(1, 1), (17, 16), (16, 33)].map { channels, filters in
                    ConvolutionCase(size: size, same: same, channels: channels, filters: filters, images: 3)
                }
            }
        } + [
            ConvolutionCase(size: (26, 25), channels: 4, filters: 20, images: 2),
            ConvolutionCase(size: (14, 13), channels: 3, filters: 100, images: 3),
            ConvolutionCase(size: (24, 17), channels: 5, filters: 16, images: 2),
            ConvolutionCase(size: (5, 5), same: true, channels: 65, filters: 48, images: 2),
            ConvolutionCase(size: (4, 6), channels: 33, filters: 130, images: 2),
            ConvolutionCase(size: (3, 3), same: true, channels: 300, filters: 16, images: 7),
        ]

    /// Layers of real networks.
    static let layers: [ConvolutionCase] = [
        ConvolutionCase(size: (13, 13), channels: 32, filters: 64, images: 4),
        ConvolutionCase(size: (12, 12), channels: 64, filters: 64, images: 4),
        ConvolutionCase(size: (28, 28), same: true, channels: 32, filters: 32, images: 2),
        ConvolutionCase(size: (14, 14), same: true, channels: 128, filters: 64, images: 2),
        ConvolutionCase(size: (7, 7), same: true, channels: 256, filters: 64, images: 3),
    ]
}

/// The fast kernels on arrays; working memory is guarded, and a batch is cut into groups and parts.
struct WinogradRun {
    let example: ConvolutionCase
    let wall: Wall
    let winograd: Winograd

    init(_ example: ConvolutionCase, _ side: Winograd.Side, _ wall: Wall = .after) {
        self.example = example
        self.wall = wall
        winograd = Winograd(example.shape, side)!
    }

    /// One run for each side on which working memory ends.
    static func walled(_ example: ConvolutionCase, _ side: Winograd.Side) -> [WinogradRun] {
        Wall.allCases.map { WinogradRun(example, side, $0) }
    }

    private var shape: ConvolutionShape { example.shape }

    private func pack(_ kernel: [Float], bias: [Float]?, _ direction: WinogradKernelPanels.Direction) -> GuardedFloats {
        let panels = WinogradKernelPanels(winograd, direction)
        let source = GuardedFloats(kernel, wall)
        let start = bias.map { GuardedFloats($0, wall) }
        let packed = GuardedFloats(count: panels.floats, wall)
        for piece in (0..<panels.pieces).reversed() {
            panels.pack(piece: piece, kernel: source.readOnly, bias: start?.readOnly, to: packed.base)
        }
        #expect(packed.values != nil)
        return packed
    }

    func convolve(
        _ x: [Float], kernel: [Float], bias: [Float]?, rectifies: Bool = false, groups: [Range<Int>]
    ) -> [Float]? {
        let packed = pack(kernel, bias: bias, .forward)
        let images = GuardedFloats(x, wall)
        let y = GuardedFloats(count: example.images * shape.outputCount, wall)
        let scratch = GuardedFloats(count: winograd.convolutionFloats, wall)
        for group in groups {
            winogradConvolve(
                winograd, images: group.count, x: images.readOnly + group.lowerBound * shape.inputCount,
                packedKernel: packed.readOnly, rectifies: rectifies, y: y.base + group.lowerBound * shape.outputCount,
                scratch: scratch.base)
        }
        #expect(scratch.values != nil)
        return y.values
    }

    func inputGradient(_ dy: [Float], kernel: [Float], groups: [Range<Int>]) -> [Float]? {
        let packed = pack(kernel, bias: nil, .backward)
        let gradient = GuardedFloats(dy, wall)
        let dx = GuardedFloats(count: example.images * shape.inputCount, wall)
        let scratch = GuardedFloats(count: winograd.inputGradientFloats, wall)
        for group in groups {
            winogradInputGradient(
                winograd, images: group.count, dy: gradient.readOnly + group.lowerBound * shape.outputCount,
                packedKernel: packed.readOnly, dx: dx.base + group.lowerBound * shape.inputCount,
                scratch: scratch.base)
        }
        #expect(scratch.values != nil)
        return dx.values
    }

    /// Every list of groups is one part.
    func kernelGradient(_ x: [Float], _ dy: [Float], parts: [[Range<Int>]]) -> [Float]? {
        let layout = WinogradKernelSums(winograd)
        let images = GuardedFloats(x, wall)
        let gradient = GuardedFloats(dy, wall)
        let sums = GuardedFloats(count: layout.floats, wall)
        let scratch = GuardedFloats(count: winograd.kernelGradientFloats, wall)
        let gradients = GuardedFloats(count: parts.count * shape.kernelCount, wall)
        for (index, groups) in parts.enumerated() {
            for group in groups {
                addWinogradKernelGradient(
                    layout, images: group.count, x: images.readOnly + group.lowerBound * shape.inputCount,
                    dy: gradient.readOnly + group.lowerBound * shape.outputCount, isFirst: group == groups.first,
                    sums: sums.base, scratch: scratch.base)
            }
            layout.kernelGradient(of: sums.readOnly, to: gradients.base + index * shape.kernelCount)
        }
        #expect(scratch.values != nil && sums.values != nil && gradients.values != nil)
        let dw = GuardedFloats(count: shape.kernelCount, wall)
        sumParts(
            parts: parts.count, stride: shape.kernelCount, range: 0..<shape.kernelCount, from: gradients.readOnly,
            to: dw.base)
        return dw.values
    }

    /// In pieces of some images and some filters.
    func wideKernelGradient(_ x: [Float], _ dy: [Float]) -> [Float]? {
        let wide = WinogradGradientPieces(winograd)
        let images = GuardedFloats(x, wall)
        let gradient = GuardedFloats(dy, wall)
        let parts = GuardedFloats(count: WinogradGradientPieces.parts * shape.kernelCount, wall)
        for piece in (0..<wide.pieces).reversed() {
            let scratch = GuardedFloats(count: wide.scratchFloats, wall)
            wide.compute(
                piece: piece, batch: example.images, x: images.readOnly, dy: gradient.readOnly, to: parts.base,
                scratch: scratch.base)
            #expect(scratch.values != nil)
        }
        let dw = GuardedFloats(count: shape.kernelCount, wall)
        sumParts(
            parts: WinogradGradientPieces.parts, stride: shape.kernelCount, range: 0..<shape.kernelCount,
            from: parts.readOnly, to: dw.base)
        return dw.values
    }
}
