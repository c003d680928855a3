import Testing

@testable import Kernels

@Suite struct PeakRateTests {
    @Test(arguments: [1, 3])
    func `every chain is really computed: it converges to 2 wherever it began`(threads: Int) {
        let job = PeakRate(threads: threads)
        #expect(!job.results.allSatisfy { abs($0 - 2) < 1e-6 })
        for worker in 0..<threads { job.run(0, worker: worker) }
        #expect(job.results.allSatisfy { abs($0 - 2) < 1e-6 })
    }

    @Test func `a piece counts every multiplication and addition of its chains`() {
        #expect(PeakRate.flopsPerPiece % (2 * PeakRate(threads: 1).results.count) == 0)
    }
}
