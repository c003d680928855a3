import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct StretchingTests {
    static let shapes = [(1, 1, 1), (1, 28, 28), (28, 28, 1), (5, 7, 3), (1, 6, 33), (2, 9, 16)].flatMap { shape in
        [true, false].map {
            Stretching(outer: shape.0, length: shape.1, inner: shape.2, isBilinear: $0)
        }
    }

    @Test(arguments: shapes, [1, 2, 5, 22, 28, 33, 300])
    func `stretching and back are two resizings`(shape: Stretching, middle: Int) {
        var noise = Noise("stretching \(shape)")
        let x = noise.floats(shape.count)
        func resized(_ x: [Double], from length: Int, to count: Int) -> [Double] {
            Reference.resize(
                x, outer: shape.outer, length: length, inner: shape.inner, to: count, isBilinear: shape.isBilinear)
        }
        let stretched = resized(x.map { Double($0) }, from: shape.length, to: middle)
        let expected = resized(stretched, from: middle, to: shape.length)
        for wall in Wall.allCases {
            let image = GuardedFloats(x, wall)
            let list = GuardedFloats(count: shape.listCount, wall)
            let y = GuardedFloats(count: shape.count, wall)
            shape.list(stretchedTo: middle, in: list.base)
            stretch(shape, list: list.readOnly, x: image.readOnly, y: y.base)
            #expect(relativeError(y.values, expected) < 1e-6)
            #expect(list.values != nil)
        }
    }

    @Test(arguments: shapes, [1, 5, 22, 33])
    func `the gradient is the transposed map`(shape: Stretching, middle: Int) {
        var noise = Noise("stretching gradient \(shape)")
        let (x, dy) = (noise.floats(shape.count), noise.floats(shape.count))
        var list = [Float](repeating: 0, count: shape.listCount)
        shape.list(stretchedTo: middle, in: &list)
        for wall in Wall.allCases {
            let (image, upstream) = (GuardedFloats(x, wall), GuardedFloats(dy, wall))
            let (y, dx) = (GuardedFloats(count: shape.count, wall), GuardedFloats(count: shape.count, wall))
            stretch(shape, list: list, x: image.readOnly, y: y.base)
            stretchGradient(shape, list: list, dy: upstream.readOnly, dx: dx.base)
            func product(_ a: [Float]?, _ b: [Float]) -> Double {
                zip(a ?? [], b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            let scale = Double(shape.count).squareRoot()
            #expect((product(y.values, dy) - product(dx.values, x)).magnitude < 1e-6 * scale + 1e-6)
        }
    }

    @Test func `a stretch to the same length changes no bit`() {
        let shape = Stretching(outer: 3, length: 28, inner: 2, isBilinear: true)
        var noise = Noise("no stretch")
        let x = noise.floats(shape.count)
        var (list, y) = ([Float](repeating: 0, count: shape.listCount), x)
        shape.list(stretchedTo: 28, in: &list)
        stretch(shape, list: list, x: x, y: &y)
        #expect(firstDifference(y, x) == nil)
    }
}
