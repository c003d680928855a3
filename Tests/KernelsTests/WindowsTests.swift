import Kernels
import Testing

@Suite struct WindowsTests {
    /// TensorFlow's documented formulas.
    private func tensorFlow(size: Int, window: Int, stride: Int, same: Bool) -> (count: Int, before: Int) {
        func ceiling(_ a: Int, _ b: Int) -> Int { a / b + (a % b == 0 ? 0 : 1) }
        guard same else { return (ceiling(size - window + 1, stride), 0) }
        let count = ceiling(size, stride)
        let padding = size % stride == 0 ? max(window - stride, 0) : max(window - size % stride, 0)
        return (count, padding / 2)
    }

    @Test(arguments: [false, true])
    func `windows are TensorFlow's`(same: Bool) throws {
        for size in 1...14 {
            for window in 1...(same ? 30 : size) {
                for stride in 1...16 {
                    let windows = try #require(Windows(size: size, window: window, stride: stride, same: same))
                    let expected = tensorFlow(size: size, window: window, stride: stride, same: same)
                    #expect(windows.count == expected.count)
                    #expect(windows.before == expected.before)
                    let reach = (0..<windows.count).map { $0 * stride - expected.before + window }.max() ?? 0
                    #expect(windows.isPadded == (expected.before > 0 || reach > size))
                    #expect(windows.paddedSize >= expected.before + max(size, reach))
                    for index in 0..<windows.count {
                        let positions = (0..<window).map { index * stride - expected.before + $0 }
                        let seen = positions.filter { 0..<size ~= $0 }
                        #expect(!seen.isEmpty && Array(windows.range(index)) == seen)
                    }
                }
            }
        }
    }

    @Test func `windows that cannot be are refused`() {
        #expect(Windows(size: 3, window: 4, stride: 1, same: false) == nil)
        #expect(Windows(size: 4, window: 3, stride: 1, dilation: 2, same: false) == nil)
        #expect(Windows(size: 3, window: 1, stride: 1, dilation: 0, same: true) == nil)
        #expect(Windows(size: 3, window: 1 << 30, stride: 1, dilation: 1 << 30, same: true) == nil)
        #expect(Windows(size: 0, window: 1, stride: 1, same: true) == nil)
        #expect(Windows(size: 3, window: 0, stride: 1, same: true) == nil)
        #expect(Windows(size: 3, window: 1, stride: 0, same: false) == nil)
        #expect(Windows(size: 3, window: -1, stride: 1, same: true) == nil)
        #expect(Windows(size: 3, window: 1, stride: -1, same: true) == nil)
    }
}
