import Autograd
import Schema
import Tensors

/// What layers record into: a graph, the parameters they create, and what training has to know beside the result.
///
/// Layers may record others, so it keeps a frame for each layer that is being recorded.
package struct Recorder {
    /// The computation so far.
    package var graph = Graph()
    /// Whether dropout drops and batch statistics are the batch's own.
    package private(set) var isTraining: Bool
    /// One line per layer, as in Keras's summary.
    package private(set) var rows: [LayerRow] = []
    /// What the layer of each row gives.
    private(set) var results: [Value] = []
    /// Penalties on weights, to be added to the loss.
    package private(set) var penalties: [Value] = []
    /// New values of parameters that a layer changes itself.
    package private(set) var updates: [(parameter: Parameter, value: Value)] = []
    private let learning: LayerSelection?
    private var names: LayerNames
    /// What inputs may name.
    private var values: [String: Value] = [:]
    private var frames: [Frame] = []
    /// The application whose layers are being recorded.
    private var application: String?
    /// The row before, of those within the same application.
    private var rowBefore = PlacedLayer.image

    private struct Frame {
        let name: String
        let isFrozen: Bool
        var inputs: [String]
        var parameters: [Parameter] = []
    }

    /// The result of a chain of layers, and the name of the last one.
    package struct End {
        package let value: Value
        package let name: String
    }

    /// For one mode; a model is recorded once for each.
    /// - Parameter learning: the layers that learn, in place of what the layers say themselves.
    package init(_ layers: [PlacedLayer], isTraining: Bool, learning: LayerSelection? = nil) {
        self.isTraining = isTraining
        self.learning = learning
        names = LayerNames(layers)
    }

    /// Records layers on images, each of which reads the one before it, or whatever its inputs name.
    mutating func record(_ layers: [PlacedLayer], images: Value) throws(ShapeError) -> Value {
        values[PlacedLayer.image] = images
        return try record(layers, after: End(value: images, name: PlacedLayer.image)).value
    }

    /// Records layers that stand within another one; the first of them reads what that one reads.
    package mutating func record(_ layers: [PlacedLayer], reading x: Value) throws(ShapeError) -> End {
        try record(layers, after: End(value: x, name: frames.last?.inputs.first ?? PlacedLayer.image))
    }

    /// Records the layers of an application. Their names are its own affair: among parameters and rows they stand behind its
    /// name, and other layers cannot read them. If it is frozen, they are recorded as for inference.
    package mutating func record(inner layers: [PlacedLayer], reading x: Value) throws(ShapeError) -> Value {
        let outer = (names, values, application, isTraining, rowBefore)
        defer { (names, values, application, isTraining, rowBefore) = outer }
        names = LayerNames(layers)
        values = [:]
        application = graph.layer
        isTraining = isTraining && !isFrozen
        rowBefore = frames.last?.inputs.first ?? PlacedLayer.image
        return try record(layers, after: End(value: x, name: rowBefore)).value
    }

    /// The name among all layers of one that stands in the current application, if there is one.
    private func fullName(_ name: String) -> String { application.map { "\($0)/\(name)" } ?? name }

    private mutating func record(_ layers: [PlacedLayer], after first: End) throws(ShapeError) -> End {
        var last = first
        for placed in layers { last = try record(placed, after: last) }
        return last
    }

    private mutating func record(_ placed: PlacedLayer, after last: End) throws(ShapeError) -> End {
        let outer = graph.layer
        let ownName = names.name(of: placed)
        let name = fullName(ownName)
        graph.layer = name
        defer { graph.layer = outer }
        let layer = placed.layer
        let result: Value
        do throws(ShapeError) {
            let inputs = try placed.inputs.map(values(named:)) ?? [last.value]
            guard type(of: layer).arity.contains(inputs.count) else {
                throw ShapeError(type(of: layer).arityProblem(inputs.count))
            }
            frames.append(
                Frame(
                    name: name, isFrozen: isFrozen(placed, name), inputs: placed.inputs?.map(fullName) ?? [last.name]))
            result = try layer.record(inputs, in: &self)
        } catch {
            var named = error
            if named.layer.isEmpty { named.layer = name }
            throw named
        }
        let frame = frames.removeLast()
        rows.append(
            LayerRow(
                name: name, layer: layer, application: application, outputShape: result.shape,
                parameters: frame.parameters, isFrozen: frame.isFrozen, inputs: frame.inputs,
                readsTheRowBefore: frame.inputs == [rowBefore]))
        results.append(result)
        rowBefore = name
        values[ownName] = result
        return End(value: result, name: name)
    }

    private func isFrozen(_ placed: PlacedLayer, _ name: String) -> Bool {
        guard let learning else { return isFrozen || placed.trainable == false }
        return !learning.selects(name, within: frames.last.map { !$0.isFrozen } ?? false)
    }

    private func values(named names: [String]) throws(ShapeError) -> [Value] {
        try names.map { name throws(ShapeError) in
            if let value = values[name] { return value }
            throw ShapeError("there is no layer \(quoted(name)) before this one")
        }
    }

    /// Says what the current layer reads in the end, where that is not what it was given.
    package mutating func connect(_ names: [String]) {
        if !frames.isEmpty { frames[frames.count - 1].inputs = names }
    }

    /// Whether the layer that is being recorded, or one around it, learns nothing.
    package var isFrozen: Bool { frames.last?.isFrozen ?? false }

    /// Creates a parameter of the current layer, such as `conv2d/kernel`.
    package mutating func parameter(
        _ role: String, _ shape: Shape, _ initializer: Initializer, isTrainable: Bool = true
    ) throws(ShapeError) -> Value {
        let parameter = Parameter(
            name: "\(graph.layer)/\(role)", shape: shape, isTrainable: isTrainable && !isFrozen,
            initializer: initializer)
        let value = try graph.parameter(parameter)
        if !frames.isEmpty { frames[frames.count - 1].parameters.append(parameter) }
        return value
    }

    /// Adds a penalty on a weight to the loss, if the weight can follow it.
    package mutating func penalize(_ weights: Value, _ regularizer: (any Regularizer)?) throws(ShapeError) {
        guard !isFrozen, let regularizer, regularizer.l1Factor > 0 || regularizer.l2Factor > 0 else { return }
        penalties.append(
            try graph.apply(
                WeightPenalty(weights, l1: Float(regularizer.l1Factor), l2: Float(regularizer.l2Factor)), to: weights))
    }

    /// Tells the current layer's random numbers from those of others: the layers recorded before it.
    package var salt: UInt64 { UInt64(rows.count) }

    /// Replaces a parameter's value after the batch.
    package mutating func update(_ parameter: Value, with value: Value) {
        if let parameter = graph.parameter(of: parameter) { updates.append((parameter, value)) }
    }

    /// Applies an activation by its name.
    package mutating func activate(_ x: Value, _ activation: ActivationName) throws(ShapeError) -> Value {
        if activation == .softmax { return try graph.apply(Softmax(x), to: x) }
        guard let function = activation.function else { return x }
        return try graph.apply(Activation(function, x), to: x)
    }
}

/// One line of a model's summary.
package struct LayerRow: Sendable {
    /// Unique in the model: `conv2d_1`.
    package let name: String
    package let layer: any Layer
    /// The name of the application within which it stands.
    package let application: String?
    /// Without the batch.
    package let outputShape: Shape
    /// The layer's own, in the order in which it made them.
    package let parameters: [Parameter]
    /// Whether it was told not to learn.
    package let isFrozen: Bool
    /// The names of the layers that it reads, `input` for the image.
    package let inputs: [String]
    /// Whether that is the row before this one and nothing else.
    package let readsTheRowBefore: Bool

    /// `Conv2D`.
    package var type: String { Swift.type(of: layer).name }

    /// How many numbers the layer learns or keeps.
    package var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
