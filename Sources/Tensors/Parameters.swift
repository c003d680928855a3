/// One named parameter of a model: what a checkpoint stores and a summary counts.
package struct Parameter: Sendable, Hashable {
    /// Layer and role, such as `conv2d_1/kernel`.
    package let name: String
    /// Axes are in Keras's order.
    package let shape: Shape
    /// Whether an optimizer changes it; moving statistics are changed by their layer.
    package let isTrainable: Bool
    package let initializer: Initializer

    /// A description; `Parameters` allocates the memory.
    package init(name: String, shape: Shape, isTrainable: Bool = true, initializer: Initializer) {
        self.name = name
        self.shape = shape
        self.isTrainable = isTrainable
        self.initializer = initializer
    }
}

/// All parameters of a model in two flat memories, trainable and not, so that an optimizer is one loop over one range.
///
/// Gradients and optimizer state have the layout of the trainable memory.
package final class Parameters: Sendable {
    /// In the order in which the model created them.
    package let all: [Parameter]
    /// Values that an optimizer changes.
    package let trainable: FloatMemory
    /// Values that no optimizer changes: moving statistics, which their layers change, and frozen weights.
    package let nonTrainable: FloatMemory
    /// Gradients, laid out as `trainable`.
    package let gradients: FloatMemory
    private let offsets: [String: Int]

    /// Allocates memory for parameters and their gradients; all are zero until `initialize`.
    package init(_ parameters: [Parameter]) throws(MemoryError) {
        var offsets: [String: Int] = [:]
        var counts = [true: 0, false: 0]
        for parameter in parameters {
            offsets[parameter.name] = counts[parameter.isTrainable, default: 0]
            counts[parameter.isTrainable, default: 0] += parameter.shape.count
        }
        all = parameters
        self.offsets = offsets
        trainable = try FloatMemory(count: counts[true, default: 0])
        gradients = try FloatMemory(count: counts[true, default: 0])
        nonTrainable = try FloatMemory(count: counts[false, default: 0])
    }

    /// Initializes every parameter, each from the random stream of its own name.
    package func initialize(seed: UInt64) {
        for parameter in all {
            let source = RandomSource(seed: seed, purpose: "initialize \(parameter.name)")
            parameter.initializer.fill(
                parameter.shape, from: source, into: memory(of: parameter), at: range(of: parameter).lowerBound)
        }
    }

    /// Where a parameter lies in its memory.
    package func range(of parameter: Parameter) -> Range<Int> {
        let offset = offsets[parameter.name] ?? 0
        return offset..<offset + parameter.shape.count
    }

    /// The first value of a parameter.
    package func address(of parameter: Parameter) -> UnsafeMutablePointer<Float> {
        memory(of: parameter).base + range(of: parameter).lowerBound
    }

    private func memory(of parameter: Parameter) -> FloatMemory { parameter.isTrainable ? trainable : nonTrainable }

    /// The parameter of that name.
    package subscript(name: String) -> Parameter? { all.first { $0.name == name } }

    /// A copy of a parameter's values.
    package func values(of parameter: Parameter) -> [Float] {
        memory(of: parameter).values(range(of: parameter))
    }

    /// Replaces a parameter's values, which must be as many as its shape holds.
    package func set(_ parameter: Parameter, to values: [Float]) {
        precondition(values.count == parameter.shape.count)
        memory(of: parameter).set(values, at: range(of: parameter).lowerBound)
    }

    /// The number of values, trainable or not.
    package var count: Int { trainable.count + nonTrainable.count }

    /// A copy of all values, the trainable ones first.
    package var snapshot: [Float] {
        get { trainable.values() + nonTrainable.values() }
        set {
            precondition(newValue.count == count)
            trainable.set(newValue[..<trainable.count])
            nonTrainable.set(newValue[trainable.count...])
        }
    }
}
