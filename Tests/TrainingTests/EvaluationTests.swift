import Testing
import Training

@Suite struct EvaluationTests {
    @Test(arguments: [(0, 1), (1, 1), (60, 60), (512, 512), (513, 257), (10_000, 500), (12_000, 500), (60_000, 509)])
    func `batches are as equal as can be`(images: Int, batch: Int) {
        #expect(Evaluation.batchSize(for: images) == batch)
    }
}
