import Autograd
import Schema
import Tensors

/// What layers record into: a graph, the parameters they create, and what training has to know beside the result.
package struct Recorder {
    /// The computation so far.
    package var graph = Graph()
    /// Whether dropout drops and batch statistics are the batch's own.
    package let isTraining: Bool
    /// A line a layer, as in Keras's summary.
    package private(set) var rows: [LayerRow] = []
    /// Penalties on weights, to be added to the loss.
    package private(set) var penalties: [Value] = []
    /// New values of parameters that a layer changes itself.
    package private(set) var updates: [(parameter: Parameter, value: Value)] = []
    private var parameters: [Parameter] = []
    private var namesGiven: [String: Int] = [:]

    /// For one mode; a model is recorded once for each.
    package init(isTraining: Bool) { self.isTraining = isTraining }

    /// Records a layer under the name that Keras would give it: `conv2d`, `conv2d_1`, …
    package mutating func record(_ layer: any Layer, _ x: Value) throws(ShapeError) -> Value {
        let base = snakeCase(type(of: layer).name)
        let earlier = namesGiven[base, default: 0]
        namesGiven[base] = earlier + 1
        graph.layer = earlier == 0 ? base : "\(base)_\(earlier)"
        let before = parameters.count
        let result: Value
        do throws(ShapeError) {
            result = try layer.record(x, in: &self)
        } catch {
            var named = error
            if named.layer.isEmpty { named.layer = graph.layer }
            throw named
        }
        rows.append(
            LayerRow(
                name: graph.layer, type: type(of: layer).name, outputShape: result.shape,
                parameters: Array(parameters[before...])))
        return result
    }

    /// Creates a parameter of the current layer, such as `conv2d/kernel`.
    package mutating func parameter(
        _ role: String, _ shape: Shape, _ initializer: Initializer, isTrainable: Bool = true
    ) throws(ShapeError) -> Value {
        let parameter = Parameter(
            name: "\(graph.layer)/\(role)", shape: shape, isTrainable: isTrainable, initializer: initializer)
        let value = try graph.parameter(parameter)
        parameters.append(parameter)
        return value
    }

    /// Adds a penalty on a weight to the loss.
    package mutating func penalize(_ weights: Value, _ regularizer: (any Regularizer)?) throws(ShapeError) {
        guard let regularizer, regularizer.l1Factor > 0 || regularizer.l2Factor > 0 else { return }
        penalties.append(
            try graph.apply(
                WeightPenalty(weights, l1: Float(regularizer.l1Factor), l2: Float(regularizer.l2Factor)), to: weights))
    }

    /// Replaces a parameter's value after the batch.
    package mutating func update(_ parameter: Value, with value: Value) {
        if let parameter = graph.parameter(of: parameter) { updates.append((parameter, value)) }
    }

    /// Applies an activation by its name.
    package mutating func activate(_ x: Value, _ activation: ActivationName) throws(ShapeError) -> Value {
        if activation == .softmax { return try graph.apply(Softmax(x), to: x) }
        guard let function = activation.function else { return x }
        return try graph.activate(x, function)
    }
}

/// One line of a model's summary.
package struct LayerRow: Sendable {
    /// Unique in the model: `conv2d_1`.
    package let name: String
    /// `Conv2D`.
    package let type: String
    /// Without the batch.
    package let outputShape: Shape
    /// The layer's own, in the order in which it made them.
    package let parameters: [Parameter]

    /// How many numbers the layer learns or keeps.
    package var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
