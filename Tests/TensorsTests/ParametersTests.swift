import Tensors
import Testing

@Suite struct ParametersTests {
    private let kernel = Parameter(name: "conv2d/kernel", shape: Shape(3, 3, 1, 2), initializer: .constant(1))
    private let mean = Parameter(name: "norm/mean", shape: Shape(2), isTrainable: false, initializer: .constant(2))
    private let bias = Parameter(name: "conv2d/bias", shape: Shape(2), initializer: .constant(3))
    private let variance = Parameter(
        name: "norm/variance", shape: Shape(2), isTrainable: false, initializer: .constant(4))

    @Test func `trainable parameters and others lie one after the other, each in its own memory`() throws {
        let parameters = try Parameters([kernel, mean, bias, variance])
        #expect(parameters.all == [kernel, mean, bias, variance])
        #expect(parameters.range(of: kernel) == 0..<18 && parameters.range(of: bias) == 18..<20)
        #expect(parameters.range(of: mean) == 0..<2 && parameters.range(of: variance) == 2..<4)
        #expect(parameters.trainable.count == 20 && parameters.nonTrainable.count == 4)
        #expect(parameters.gradients.count == 20)
        #expect(parameters.address(of: bias) == parameters.trainable.base + 18)
        #expect(parameters.address(of: variance) == parameters.nonTrainable.base + 2)
        #expect(parameters["conv2d/bias"] == bias && parameters["bias"] == nil)
    }

    @Test func `values and gradients are those of the parameter asked for`() throws {
        let parameters = try Parameters([kernel, mean, bias, variance])
        #expect(parameters.values(of: bias) == [0, 0])
        parameters.initialize(seed: 0)
        #expect(parameters.trainable.values() == Array(repeating: 1, count: 18) + [3, 3])
        #expect(parameters.nonTrainable.values() == [2, 2, 4, 4])
        parameters.set(variance, to: [5, 6])
        parameters.set(bias, to: [7, 8])
        #expect(parameters.values(of: variance) == [5, 6] && parameters.values(of: mean) == [2, 2])
        #expect(parameters.trainable.values(16..<20) == [1, 1, 7, 8])
        parameters.gradients.set([9, 10], at: 18)
        #expect(parameters.gradients.values(parameters.range(of: bias)) == [9, 10])
        #expect(parameters.gradients.values(parameters.range(of: kernel)) == Array(repeating: 0, count: 18))
    }
}
