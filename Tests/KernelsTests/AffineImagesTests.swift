import Kernels
import Oracles
import TestSupport
import Testing

/// An image, a map and a way of reading, to be compared with the definition.
struct ResamplingCase: Sendable, CustomTestStringConvertible {
    let shape: AffineImages
    let map: AffineMap

    var testDescription: String {
        "\(shape.height)×\(shape.width)×\(shape.channels)[\(shape.rows), \(shape.columns)] → "
            + "\(shape.resultHeight)×\(shape.resultWidth), \(shape.fillMode)\(shape.isBilinear ? "" : ", nearest pixel")"
    }

    /// Maps that leave images by a little, by several times their sizes, and not at all.
    static let all: [ResamplingCase] = {
        var noise = Noise("resampling")
        return FillMode.allCases.flatMap { mode in
            (0..<24).map { number in
                let size = (noise.integer(in: 1...12), noise.integer(in: 1...40))
                let height = number == 0 ? 1 : size.0
                let width = number == 1 ? 1 : size.1
                let hasWindow = number % 4 == 3
                let top = hasWindow ? noise.integer(in: 0...height - 1) : 0
                let left = hasWindow ? noise.integer(in: 0...width - 1) : 0
                let shape = AffineImages(
                    height: height, width: width, channels: noise.pick([1, 1, 2, 3, 8, 17]), fillMode: mode,
                    fillValue: 0.3, isBilinear: number % 3 != 2, rows: top..<height, columns: left..<width,
                    result: hasWindow ? (noise.integer(in: 1...9), noise.integer(in: 1...33)) : nil)
                var map = AffineMap()
                let reach: Float = number % 2 == 0 ? 1 : 4
                let numbers = noise.floats(6)
                map.xx = 1 + numbers[0] * 0.9
                map.xy = numbers[1]
                map.x = numbers[2] * reach * Float(width)
                map.yx = numbers[3]
                map.yy = 1 + numbers[4] * 0.9
                map.y = numbers[5] * reach * Float(height)
                return ResamplingCase(shape: shape, map: map)
            }
        }
    }()
}

@Suite struct AffineImagesTests {
    @Test(arguments: ResamplingCase.all)
    func `images and gradients equal the definition, and nothing beyond them is touched`(_ example: ResamplingCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(shape.inputCount)
        let dy = noise.floats(shape.outputCount)
        for wall in Wall.allCases {
            let image = GuardedFloats(x, wall)
            let scratch = GuardedFloats(count: shape.scratchCount, wall)
            let y = GuardedFloats(count: shape.outputCount, wall)
            transformImage(shape, example.map, x: image.readOnly, scratch: scratch.base, y: y.base)
            #expect(relativeError(y.values, Reference.transformImage(shape, example.map, x: x)) < 5e-5)

            let upstream = GuardedFloats(dy, wall)
            let dx = GuardedFloats(count: shape.inputCount, wall)
            transformImageGradient(shape, example.map, dy: upstream.readOnly, scratch: scratch.base, dx: dx.base)
            #expect(relativeError(dx.values, Reference.transformImageGradient(shape, example.map, dy: dy)) < 5e-5)
            #expect(scratch.values != nil)
        }
    }

    @Test(arguments: FillMode.allCases, [true, false])
    func `the identity, whole shifts and flips change no bit`(mode: FillMode, isBilinear: Bool) {
        var noise = Noise("identity")
        for channels in [1, 3] {
            let shape = AffineImages(height: 9, width: 28, channels: channels, fillMode: mode, isBilinear: isBilinear)
            let x = noise.floats(shape.inputCount)
            var scratch = [Float](repeating: .nan, count: shape.scratchCount)
            var y = x
            func resampled(_ map: AffineMap) -> [Float] {
                transformImage(shape, map, x: x, scratch: &scratch, y: &y)
                return y
            }
            #expect(firstDifference(resampled(AffineMap()), x) == nil)
            var flip = AffineMap()
            (flip.xx, flip.x) = (-1, 27)
            let mirrored = (0..<9).flatMap { row in
                (0..<28).reversed().flatMap { column in
                    (0..<channels).map { x[(row * 28 + column) * channels + $0] }
                }
            }
            #expect(firstDifference(resampled(flip), mirrored) == nil)
            var shift = AffineMap()
            (shift.x, shift.y) = (3, 2)
            let shifted = resampled(shift)
            for row in 0..<7 {
                let range = row * 28 * channels..<(row * 28 + 25) * channels
                let source = ((row + 2) * 28 + 3) * channels
                #expect(Array(shifted[range]) == Array(x[source..<source + range.count]))
            }
        }
    }

    @Test func `fill modes continue a row as they are drawn`() {
        let row: [Float] = [1, 2, 3, 4]
        let expected: [FillMode: [Float]] = [
            .reflect: [4, 3, 2, 1, 1, 2, 3, 4, 4, 3, 2, 1], .constant: [9, 9, 9, 9, 1, 2, 3, 4, 9, 9, 9, 9],
            .wrap: [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], .nearest: [1, 1, 1, 1, 1, 2, 3, 4, 4, 4, 4, 4],
        ]
        for (mode, values) in expected {
            for isBilinear in [false, true] {
                let shape = AffineImages(
                    height: 1, width: 4, channels: 1, fillMode: mode, fillValue: 9, isBilinear: isBilinear,
                    result: (1, 12))
                var map = AffineMap()
                map.x = -4
                var scratch = [Float](repeating: 0, count: shape.scratchCount)
                var y = [Float](repeating: 0, count: 12)
                transformImage(shape, map, x: row, scratch: &scratch, y: &y)
                #expect(y == values, "\(mode)")
            }
        }
    }

    @Test(arguments: FillMode.allCases, [Float.infinity, -.infinity, .nan, 1e30])
    func `a map to nowhere reads within the image all the same`(mode: FillMode, offset: Float) {
        let shape = AffineImages(height: 3, width: 5, channels: 1, fillMode: mode)
        var map = AffineMap()
        map.x = offset
        map.y = -offset
        for wall in Wall.allCases {
            let image = GuardedFloats(count: shape.inputCount, of: 1, wall)
            let scratch = GuardedFloats(count: shape.scratchCount, wall)
            let y = GuardedFloats(count: shape.outputCount, wall)
            transformImage(shape, map, x: image.readOnly, scratch: scratch.base, y: y.base)
            transformImageGradient(shape, map, dy: y.readOnly, scratch: scratch.base, dx: image.base)
            #expect(y.values != nil && scratch.values != nil && image.values != nil)
        }
    }
}
