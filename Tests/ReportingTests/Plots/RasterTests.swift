import Testing

@testable import Reporting

@Suite struct RasterTests {
    private let black = RGB(0x000000)

    private func raster() -> Raster { Raster(width: 20, height: 20, background: RGB(0xFFFFFF)) }

    /// How much ink there is, in pixels.
    private func ink(_ raster: Raster) -> Double {
        raster.image.bytes.enumerated().reduce(0) { $0 + ($1.offset % 3 == 0 ? Double(255 - $1.element) / 255 : 0) }
    }

    @Test func `shapes cover as much as their areas`() {
        var square = raster()
        square.fill(Drawing.Box(x: 2.5, y: 3.25, width: 10, height: 4.5), color: black)
        #expect(abs(ink(square) - 45) < 1)

        var triangle = raster()
        triangle.fill([.init(1, 1), .init(17, 3), .init(6, 18)], color: black)
        #expect(abs(ink(triangle) - 131) < 2)

        var disc = raster()
        disc.stroke([[.init(10, 10)]], width: 12, color: black)
        #expect(abs(ink(disc) - 113.1) < 2)

        var line = raster()
        line.stroke([[.init(4, 5), .init(14, 12)]], width: 2, color: black)
        #expect(abs(ink(line) - (12.21 * 2 + 3.14)) < 1.5)
    }

    @Test func `a polygon is the same whichever way round it is drawn`() {
        var (first, second) = (raster(), raster())
        let points = [Drawing.Point(1, 1), Drawing.Point(17, 3), Drawing.Point(6, 18)]
        first.fill(points, color: black)
        second.fill(points.reversed(), color: black)
        #expect(first.image == second.image)
    }

    @Test func `a line that crosses itself is not darker there`() {
        var raster = raster()
        raster.stroke(
            [[.init(2, 10), .init(18, 10)], [.init(10, 2), .init(10, 18)]], width: 2, color: black, opacity: 0.5)
        #expect(raster.image.bytes.min() == 127 || raster.image.bytes.min() == 128)
    }

    @Test(arguments: [
        Drawing.Point(.nan, 3), .init(.infinity, 3), .init(-1e300, 1e300), .init(1e9, -1e9), .init(-5, -5),
    ])
    func `places far outside or nowhere harm nobody`(point: Drawing.Point) {
        var raster = raster()
        raster.stroke([[.init(10, 10), point], [point]], width: 3, color: black)
        raster.fill([.init(1, 1), point, .init(5, 9)], color: black)
        raster.fill(Drawing.Box(x: point.x, y: point.y, width: 4, height: 4), color: black)
        raster.draw(PixelImage(width: 1, height: 1, bytes: [0]), in: .init(x: point.x, y: 0, width: 0, height: 4))
        #expect(raster.image.bytes.count == 1200)
    }

    @Test func `images keep their pixels when they grow and their mean when they shrink`() {
        var raster = raster()
        raster.draw(PixelImage(width: 2, height: 1, bytes: [0, 200]), in: .init(x: 0, y: 0, width: 10, height: 5))
        #expect(raster.image.color(4, 4) == RGB(0x000000))
        #expect(raster.image.color(5, 4) == RGB(red: 200, green: 200, blue: 200))
        raster.draw(
            PixelImage(width: 2, height: 2, bytes: [0, 100, 100, 200]), in: .init(x: 0, y: 0, width: 1, height: 1))
        #expect(raster.image.color(0, 0) == RGB(red: 100, green: 100, blue: 100))
    }

    @Test func `dashes have the lengths of their pattern, around corners too`() {
        let dashes = dashed([.init(0, 0), .init(5, 0), .init(5, 6)], [4, 2])
        #expect(dashes == [[.init(0, 0), .init(4, 0)], [.init(5, 1), .init(5, 5)]])
        #expect(dashed([.init(0, 0), .init(5, 0)], [0, 2]) == [[.init(0, 0), .init(5, 0)]])
    }

    @Test func `every character of a keyboard has a glyph of its own, others a box`() {
        let font = StrokeFont(size: 100)
        func strokes(_ text: String) -> [[Drawing.Point]] { font.strokes(of: .init(text, at: .init(0, 0))) }
        let box = strokes("\u{5B57}")
        #expect(!box.isEmpty)
        let printable =
            (0x21...0x7E).compactMap { Unicode.Scalar($0).map { String($0) } } + [
                "−", "×", "±", "…", "°", "µ", "é", "Å",
            ]
        for character in printable {
            #expect(!strokes(character).isEmpty && strokes(character) != box, "\(character)")
        }
        #expect(Set(printable.map { "\(strokes($0))" }).count == printable.count)
    }
}
