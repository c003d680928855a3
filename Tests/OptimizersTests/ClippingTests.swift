import Schema
import Testing

@testable import Optimizers

@Suite struct ClippingTests {
    private static let sizes = [1, 5, 4096, 10_000]
    private static let gradients = sizes.enumerated().map { variable, size in
        (0..<size).map { Float(($0 * 7919 + variable) % 1001) * 0.001 - 0.3 }
    }
    /// The gradients that a step of the rate 1 from zero has taken.
    private func clipped(_ settings: JSON, _ gradients: [[Float]] = gradients) throws -> [[Float]] {
        var settings = settings
        settings["type"] = "SGD"
        settings["learning_rate"] = 1
        let model = TestModel(try optimizer(settings), variables: gradients.map { $0.map { _ in 0 } })
        model.step(gradients)
        return model.variables.map { $0.map { -$0 } }
    }

    private func norm(_ values: some Sequence<Float>) -> Double {
        values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    @Test func `clipnorm shortens the variables that are too long and leaves the others`() throws {
        for (before, after) in zip(Self.gradients, try clipped(["clipnorm": 2])) {
            if norm(before) <= 2 {
                #expect(after == before)
            } else {
                #expect(abs(norm(after) - 2) < 1e-5)
                let ratio = after[0] / before[0]
                #expect(zip(before, after).allSatisfy { abs($0 * ratio - $1) <= 1e-6 * abs($1) })
            }
        }
    }

    @Test func `global_clipnorm shortens all variables by the same factor`() throws {
        let after = try clipped(["global_clipnorm": 2])
        #expect(abs(norm(after.joined()) - 2) < 1e-5)
        let ratio = after[0][0] / Self.gradients[0][0]
        for (before, after) in zip(Self.gradients.joined(), after.joined()) {
            #expect(abs(before * ratio - after) <= 1e-6 * abs(after))
        }
        #expect(try clipped(["global_clipnorm": 1000]) == Self.gradients)
    }

    @Test func `clipvalue cuts off both ends`() throws {
        #expect(try clipped(["clipvalue": 0.25], [[-1, -0.25, 0.125, 0.5]]) == [[-0.25, -0.25, 0.125, 0.25]])
    }

    @Test(arguments: ["clipnorm", "global_clipnorm"])
    func `zero gradients stay zero`(key: String) throws {
        #expect(try clipped(JSON(.object([.init(key, 1)])), [[0, 0, 0]]) == [[0, 0, 0]])
    }

    @Test func `an infinite common norm shows`() throws {
        #expect(try clipped(["global_clipnorm": 1], [[1e30, 1]]).joined().allSatisfy(\.isNaN))
    }

    @Test func `sums of squares do not depend on where a block begins`() {
        let values = Self.gradients[3]
        let plain = TestModel.squareSum(values, 0..<100)
        let shifted = TestModel.squareSum([1, 2, 3] + values, 3..<103)
        #expect(plain == shifted)
        #expect(TestModel.squareSum(values, 9..<9) == 0)
        for count in 1...40 {
            let exact = norm(values[5..<5 + count])
            #expect(abs(Double(TestModel.squareSum(values, 5..<5 + count)).squareRoot() - exact) < 1e-6 * exact)
        }
    }
}
