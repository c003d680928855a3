import Kernels
import Testing

@Suite struct LanesTests {
    @Test func `the multiply-add rounds once where the machine has one`() {
        let a: Float = 1 + 0x1p-12
        let exact = (-1 as Float).adding(a, times: a)
        #if FUSED_MULTIPLY_ADD
        #expect(exact == 0x1p-11 + 0x1p-24)
        #else
        #expect(exact == 0x1p-11)
        #endif
    }
}
