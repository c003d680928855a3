import Autograd
import Kernels
import Tensors

/// What an operation under test reads: images or a parameter, with the numbers to differentiate at.
package struct CheckedInput {
    let name: String
    let type: ValueType
    /// All numbers, of the whole batch.
    let values: [Float]
    var isDifferentiable = true

    /// The same, but nothing is differentiated by it.
    package var fixed: CheckedInput {
        var copy = self
        copy.isDifferentiable = false
        return copy
    }

    /// A value of each image, uniform in a range.
    package static func images(_ shape: Shape, batch: Int, in range: ClosedRange<Float> = -1...1) -> CheckedInput {
        var noise = Noise("images \(shape)")
        return CheckedInput(
            name: "images", type: .image(shape), values: noise.floats(shape.count * batch, in: range))
    }

    /// A value of each image whose numbers all differ, from zero too, by more than a check moves them: for functions
    /// with kinks.
    package static func spacedImages(_ shape: Shape, batch: Int) -> CheckedInput {
        let count = shape.count * batch
        let order = RandomSource(seed: 3, purpose: "spaced \(shape)").permutation(of: count)
        let values = order.map { 4 * GradientCheck.step * (Float($0) - Float(count / 2) + 0.5) }
        return CheckedInput(name: "images", type: .image(shape), values: values)
    }

    /// A value of the whole batch.
    package static func parameter(_ name: String, _ shape: Shape, in range: ClosedRange<Float> = -1...1) -> CheckedInput
    {
        var noise = Noise("\(name) \(shape)")
        return CheckedInput(
            name: name, type: .whole(shape), values: noise.floats(shape.count, in: range))
    }

    /// A class for each image, which nothing is differentiated by.
    package static func labels(classes: Int, batch: Int) -> CheckedInput {
        CheckedInput(
            name: "labels", type: .image(Shape(1)), values: (0..<batch).map { Float($0 * 7 % classes) },
            isDifferentiable: false)
    }
}

/// Compares the gradients that a graph computes with the differences of its results.
///
/// The loss is the batch's mean of the squared distance of the result from random targets. Results are floats, but the
/// loss of the two neighbours is added up in doubles; a gradient is compared along random directions that move every
/// number of one input by ± one step, and differences over one and two steps are combined so that cubic terms vanish.
package struct GradientCheck {
    /// How far every number is moved.
    static let step: Float = 0x1p-7

    private let inputs: [CheckedInput]
    private let batch: Int
    private let team = Team(threads: 1)
    private let parameters: Parameters
    private let feeds: [FloatMemory?]
    private let places: [UnsafeMutablePointer<Float>]
    private let targets: FloatMemory
    private let graph: Graph
    private let result: Value
    private let values: [Value]
    private let loss: Value

    /// Records an operation, or several, that compute one value from the inputs.
    package init(
        batch: Int, _ inputs: [CheckedInput], record: (inout Graph, [Value]) throws -> Value
    ) throws {
        var graph = Graph()
        var values: [Value] = []
        var all: [Parameter] = []
        for (index, input) in inputs.enumerated() {
            if input.type.extent == .image {
                values.append(try graph.feed("\(index)", input.type))
            } else {
                let parameter = Parameter(name: "\(index)", shape: input.type.shape, initializer: .constant(0))
                all.append(parameter)
                values.append(try graph.parameter(parameter))
            }
        }
        result = try record(&graph, values)
        if result.type.extent == .image {
            let target = try graph.feed("target", result.type)
            let errors = try graph.apply(SquaredError(result, target: target), to: result, target)
            loss = try graph.apply(BatchMean(errors), to: errors)
        } else {
            loss = result
        }
        var noise = Noise("targets")
        targets = try FloatMemory(count: result.shape.count * batch)
        targets.set(noise.floats(targets.count))

        parameters = try Parameters(all)
        feeds = try inputs.map { try $0.type.extent == .image ? FloatMemory(count: $0.values.count) : nil }
        places = inputs.indices.map { [parameters, feeds] index in
            feeds[index]?.base ?? parameters.address(of: parameters["\(index)"]!)
        }
        for (place, input) in zip(places, inputs) { place.update(from: input.values, count: input.values.count) }
        self.graph = graph
        self.values = values
        self.inputs = inputs
        self.batch = batch
    }

    /// The largest error of any input's gradient, in parts of that gradient's length, and which input it is.
    package func largestError() throws -> (error: Double, input: String) {
        let analytic = try gradients()
        let forward = try program(graph, outputs: [result])
        var worst = (error: 0.0, input: "")
        for (index, input) in inputs.enumerated() where input.isDifferentiable {
            let gradient = analytic[index].map(Double.init)
            let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            var noise = Noise("directions of \(index)")
            for _ in 0..<4 {
                let direction = noise.floats(input.values.count).map { $0 < 0 ? -1 : 1 } as [Float]
                let expected = zip(gradient, direction).reduce(0) { $0 + $1.0 * Double($1.1) }
                let near = difference(forward, along: direction, of: index, steps: 1)
                let far = difference(forward, along: direction, of: index, steps: 2)
                let error = ((4 * near - far) / 3 - expected).magnitude / max(length, 1e-3)
                if !(error <= worst.error) { worst = (error, input.name) }
            }
        }
        return worst
    }

    private func gradients() throws -> [[Float]] {
        var graph = graph
        let wanted = inputs.indices.filter { inputs[$0].isDifferentiable }
        let gradients = try graph.gradients(of: loss, withRespectTo: wanted.map { values[$0] })
        let program = try program(graph, outputs: gradients)
        program.run(key: 7, team: team)
        var all = [[Float]](repeating: [], count: inputs.count)
        for (index, gradient) in zip(wanted, gradients) { all[index] = program.values(of: gradient) }
        return all
    }

    private func program(_ graph: Graph, outputs: [Value]) throws -> Program {
        let program = try Program(graph, parameters: parameters, batch: batch, outputs: outputs)
        for (index, feed) in feeds.enumerated() { if let feed { program.bind("\(index)", to: feed) } }
        program.bind("target", to: targets)
        return program
    }

    /// The slope of the loss between two neighbours of the point.
    private func difference(_ forward: Program, along direction: [Float], of input: Int, steps: Float) -> Double {
        let values = inputs[input].values
        var width = 0.0
        func loss(_ sign: Float) -> Double {
            for (index, value) in values.enumerated() {
                places[input][index] = value + sign * steps * Self.step * direction[index]
            }
            width += Double(steps * Self.step)
            forward.run(key: 7, team: team)
            let results = forward.values(of: result)
            guard result.type.extent == .image else { return Double(results[0]) }
            return zip(results, targets.values()).reduce(0) { sum, pair in
                let distance = Double(pair.0) - Double(pair.1)
                return sum + distance * distance
            } / Double(results.count)
        }
        let slope = (loss(1) - loss(-1)) / width
        places[input].update(from: values, count: values.count)
        return slope
    }
}
