import Schema
import Testing

@testable import Optimizers

@Suite struct OptimizerTests {
    @Test(arguments: Figures.optimizers)
    func `variables move as Keras moves them`(figures: Figures.OptimizerCase) throws {
        let model = TestModel(try optimizer(figures.description), variables: Figures.initial)
        // A parameter is as exact as the largest value that it has had: what was rounded then stays.
        var magnitudes = Figures.initial.joined().map(abs)
        var worst: Float = 0
        for (gradients, expected) in zip(Figures.gradients, figures.variables) {
            model.step(gradients)
            for (index, (ours, theirs)) in zip(model.variables.joined(), expected.joined()).enumerated() {
                magnitudes[index] = max(magnitudes[index], abs(theirs))
                worst = max(worst, abs(ours - theirs) / magnitudes[index])
            }
        }
        #expect(worst < 1e-6)
    }

    @Test(arguments: Figures.optimizers.filter { $0.averages != nil })
    func `averages follow the variables as in Keras, and change places with them`(
        figures: Figures.OptimizerCase
    ) throws {
        let model = TestModel(try optimizer(figures.description), variables: Figures.initial)
        model.exchangeAverages()
        #expect(model.variables == Figures.initial, "before the first step there is no average")
        for (gradients, expected) in zip(Figures.gradients, try #require(figures.averages)) {
            model.step(gradients)
            guard model.progress.steps > 0 else { continue }
            let trained = model.variables
            model.exchangeAverages()
            for (ours, theirs) in zip(model.variables.joined(), expected.joined()) {
                #expect(abs(ours - theirs) < 1e-6 * max(1, abs(theirs)))
            }
            model.exchangeAverages()
            #expect(model.variables == trained)
        }
    }

    @Test(arguments: Figures.optimizers)
    func `however parameters are cut into ranges, the bits are the same`(figures: Figures.OptimizerCase) throws {
        let optimizer = try optimizer(figures.description)
        let count = Figures.initial.joined().count
        let whole = TestModel(optimizer, variables: Figures.initial)
        let cuts = [Array(1..<count), [1], [count - 1], [7, 15, 16, 17, 33], [16, 32], [37], [0, 20, 20]]
        let pieces = cuts.map { _ in TestModel(optimizer, variables: Figures.initial) }
        for gradients in Figures.gradients {
            whole.step(gradients)
            for (model, cuts) in zip(pieces, cuts) {
                model.step(gradients, cuts: cuts)
                #expect(model.bits == whole.bits, "cut at \(cuts)")
            }
        }
    }

    @Test(arguments: Figures.optimizers)
    func `a model goes on from its parameters, slots and progress`(figures: Figures.OptimizerCase) throws {
        let optimizer = try optimizer(figures.description)
        let uninterrupted = TestModel(optimizer, variables: Figures.initial)
        for gradients in Figures.gradients.prefix(3) { uninterrupted.step(gradients) }
        let resumed = TestModel(optimizer, resuming: uninterrupted)
        for gradients in Figures.gradients.dropFirst(3) {
            uninterrupted.step(gradients)
            resumed.step(gradients)
        }
        #expect(resumed.bits == uninterrupted.bits)
    }

    @Test(arguments: Figures.optimizers)
    func `a gradient that is not a number is not hidden`(figures: Figures.OptimizerCase) throws {
        let model = TestModel(try optimizer(figures.description), variables: [[1, 2, 3]])
        for _ in 0..<model.plan.batchesPerStep { model.step([[0.1, .nan, 0.2]]) }
        #expect(model.variables[0][1].isNaN)
    }

    @Test(arguments: [1, 15, 16, 17, 610_570])
    func `every slot has a place for each parameter, and begins at a cache line`(parameters: Int) throws {
        let plan = UpdatePlan(Adam(), variables: [0..<parameters])
        let stride = (parameters + 15) / 16 * 16
        #expect(plan.slotRanges == [0..<parameters, stride..<stride + parameters])
        #expect(plan.slotFloats == 2 * stride)
    }

    @Test func `a callback's learning rate replaces that of the schedule`() throws {
        let scheduled = TestModel(
            try optimizer([
                "type": "SGD",
                "learning_rate": ["type": "PiecewiseConstantDecay", "boundaries": [0], "values": [0.5, 0.25]],
            ]), variables: [[1]])
        scheduled.step([[1]])
        #expect(scheduled.variables == [[0.5]])
        scheduled.step([[1]])
        #expect(scheduled.variables == [[0.25]])
        scheduled.step([[1]], learningRate: 1)
        #expect(scheduled.variables == [[-0.75]])
    }

    @Test(arguments: Format<any Optimizer>.optimizers.types.map { $0.name })
    func `one step's rule needs no memory of its own`(name: String) throws {
        let optimizer = try optimizer(JSON(name))
        var progress = OptimizerProgress()
        progress.steps = 1
        let rule = optimizer.rule(learningRate: 1, progress: &progress)
        // What is larger than three words Swift would put on the heap, in every step.
        #expect(size(of: rule) <= 24)
    }

    private func size<Rule>(of rule: Rule) -> Int { MemoryLayout<Rule>.size }
}

func optimizer(_ json: JSON) throws -> any Optimizer {
    try Format<any Optimizer>.optimizer.value(from: json)
}
