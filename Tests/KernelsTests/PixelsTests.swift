import Kernels
import TestSupport
import Testing

@Suite struct PixelsTests {
    @Test(arguments: [256, 784, 1, 15, 17])
    func `every pixel becomes the float that a division gives`(count: Int) {
        let pixels = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        for wall in Wall.allCases {
            let floats = GuardedFloats(count: count, wall)
            decodePixels(count: count, from: pixels, to: floats.base)
            #expect(firstDifference(floats.values, pixels.map { Float($0) / 255 }) == nil)
        }
    }
}
