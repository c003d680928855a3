import Kernels
import Oracles
import TestSupport
import Testing

/// The lengths of one pool to be compared with its definition.
struct PoolingCase: Sendable, CustomTestStringConvertible {
    var size = (6, 6)
    var window = (2, 2)
    var strides = (2, 2)
    var same = false
    var channels = 3
    var images = 2

    var shape: PoolingShape {
        PoolingShape(
            vertical: Windows(size: size.0, window: window.0, stride: strides.0, same: same)!,
            horizontal: Windows(size: size.1, window: window.1, stride: strides.1, same: same)!, channels: channels)
    }

    var testDescription: String {
        "\(images) × \(size.0)×\(size.1)×\(channels), \(window.0)×\(window.1) by \(strides.0),\(strides.1)"
            + (same ? " same" : "")
    }

    static let all: [PoolingCase] = {
        var noise = Noise("pools")
        let odd = [
            PoolingCase(size: (1, 1), window: (1, 1), strides: (1, 1), channels: 1, images: 1),
            PoolingCase(size: (1, 1), window: (7, 3), strides: (9, 9), same: true, channels: 17),
            PoolingCase(size: (5, 4), window: (5, 4), strides: (1, 1), channels: 33),
            PoolingCase(size: (9, 9), window: (2, 2), strides: (4, 5), channels: 16),
            PoolingCase(size: (9, 9), window: (2, 2), strides: (5, 4), same: true, channels: 65),
            PoolingCase(size: (7, 6), window: (4, 3), strides: (1, 2), same: true, channels: 100),
        ]
        let random = (0..<60).map { _ in
            let same = noise.integer(in: 0...1) == 1
            let size = (noise.integer(in: 1...9), noise.integer(in: 1...9))
            return PoolingCase(
                size: size,
                window: (noise.integer(in: 1...(same ? 5 : size.0)), noise.integer(in: 1...(same ? 5 : size.1))),
                strides: (noise.integer(in: 1...4), noise.integer(in: 1...4)), same: same,
                channels: noise.pick([1, 2, 8, 15, 16, 17, 32, 33]), images: noise.integer(in: 1...3))
        }
        return odd + random
    }()
}

@Suite struct PoolingTests {
    /// Few different numbers, so that many windows hold their maximum more than once.
    private func ties(_ noise: inout Noise, _ count: Int) -> [Float] {
        noise.floats(count, in: -2...2).map { $0.rounded() }
    }

    @Test(arguments: PoolingCase.all, [false, true])
    func `maxima, winners and gradients equal the definition bit for bit, ties too`(
        _ example: PoolingCase, rectifies: Bool
    ) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let count = example.images * shape.inputCount
        let dy = noise.floats(example.images * shape.outputCount)
        for x in [noise.floats(count), ties(&noise, count), [Float](repeating: -.infinity, count: count)] {
            let (maxima, winners) = Reference.maxPool(shape, images: example.images, x: x, rectifies: rectifies)
            let expected = Reference.maxPoolGradient(shape, images: example.images, winners: winners, dy: dy)
            for wall in Wall.allCases {
                let images = GuardedFloats(x, wall)
                let y = GuardedFloats(count: maxima.count, wall)
                let places = GuardedFloats(count: maxima.count, wall)
                maxPool(
                    shape, images: example.images, x: images.readOnly, rectifies: rectifies, y: y.base,
                    winners: places.base)
                #expect(firstDifference(y.values, maxima) == nil)
                #expect(places.values?.map(\.bitPattern) == winners.map(\.bitPattern))

                let gradient = GuardedFloats(dy, wall)
                let dx = GuardedFloats(count: count, wall)
                maxPoolGradient(
                    shape, images: example.images, winners: places.readOnly, dy: gradient.readOnly, dx: dx.base)
                #expect(firstDifference(dx.values, expected) == nil)

                gateWinners(count: dy.count, winners: places.readOnly, dy: gradient.readOnly, to: gradient.base)
                let gated = zip(dy, winners).map { $1.bitPattern == .max ? 0 : $0 }
                #expect(firstDifference(gradient.values, gated) == nil)
            }
        }
    }

    @Test(arguments: PoolingCase.all)
    func `means and their gradients equal the definition bit for bit`(_ example: PoolingCase) {
        let shape = example.shape
        var noise = Noise(example.testDescription)
        let x = noise.floats(example.images * shape.inputCount)
        let dy = noise.floats(example.images * shape.outputCount)
        for wall in Wall.allCases {
            let images = GuardedFloats(x, wall)
            let y = GuardedFloats(count: dy.count, wall)
            averagePool(shape, images: example.images, x: images.readOnly, y: y.base)
            let means = Reference.averagePool(shape, images: example.images, x: x)
            #expect(firstDifference(y.values, means) == nil)

            let gradient = GuardedFloats(dy, wall)
            let dx = GuardedFloats(count: x.count, wall)
            averagePoolGradient(shape, images: example.images, dy: gradient.readOnly, dx: dx.base)
            let expected = Reference.averagePoolGradient(shape, images: example.images, dy: dy)
            #expect(firstDifference(dx.values, expected) == nil)
        }
    }

    @Test(arguments: 0..<4)
    func `a window with a NaN anywhere has no maximum and no mean`(place: Int) {
        let shape = PoolingCase(size: (2, 2), channels: 1).shape
        var x: [Float] = [1, .infinity, -.infinity, 3]
        x[place] = .nan
        var y: [Float] = [0]
        for rectifies in [false, true] {
            var winner: [Float] = [0]
            maxPool(shape, images: 1, x: x, rectifies: rectifies, y: &y, winners: &winner)
            #expect(y[0].isNaN && Int(winner[0].bitPattern) == place)
        }
        averagePool(shape, images: 1, x: x, y: &y)
        #expect(y[0].isNaN)
    }
}
