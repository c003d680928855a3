import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct TonesTests {
    static let curves = [
        ToneCurve(scale: 1, offset: 0.2, lower: 0, upper: 1), ToneCurve(scale: 1.4, offset: 0, lower: 0, upper: 1),
        ToneCurve(scale: 0.5, offset: -0.7, lower: -0.25, upper: 0.25),
        ToneCurve(scale: 0, offset: 0, lower: -100, upper: 100),
    ]

    @Test(arguments: curves, [(1, 1), (7, 1), (784, 1), (25, 3), (6, 17)])
    func `tones equal the definition, and their gradients its slopes`(curve: ToneCurve, size: (Int, Int)) {
        let (pixels, channels) = size
        var noise = Noise("tones \(size)")
        let x = noise.floats(pixels * channels, in: -0.5...1.5)
        let dy = noise.floats(x.count)
        for wall in Wall.allCases {
            let (image, y) = (GuardedFloats(x, wall), GuardedFloats(count: x.count, wall))
            adjustTones(curve, pixels: pixels, channels: channels, x: image.readOnly, y: y.base)
            let expected = Reference.adjustTones(curve, channels: channels, x: x)
            #expect(relativeError(y.values, expected) < 1e-6)

            let (upstream, dx) = (GuardedFloats(dy, wall), GuardedFloats(count: x.count, wall))
            adjustTonesGradient(
                curve, pixels: pixels, channels: channels, x: image.readOnly, dy: upstream.readOnly, dx: dx.base)
            // What passes the clipping, and through each channel's mean.
            let passed = zip(expected, dy).map { value, dy in
                value > Double(curve.lower) && value < Double(curve.upper) ? Double(dy) : 0
            }
            let slopes = x.indices.map { index in
                let channel = stride(from: index % channels, to: x.count, by: channels).map { passed[$0] }
                let mean = channel.reduce(0, +) / Double(channel.count)
                return Double(curve.scale) * passed[index] + (1 - Double(curve.scale)) * mean
            }
            #expect(relativeError(dx.values, slopes) < 1e-5)
        }
    }
}
