import Autograd
import Tensors
import TestSupport
import Testing

@Suite struct GradientTests {
    @Test(arguments: OperationCase.all)
    func `gradients are the slopes of the results`(_ example: OperationCase) throws {
        let check = try GradientCheck(batch: example.batch, example.inputs(example.batch), record: example.record)
        let (error, input) = try check.largestError()
        #expect(error < 3e-3, "of \(input)")
    }
}
