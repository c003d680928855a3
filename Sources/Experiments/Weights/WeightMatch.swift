import Reporting
import Schema
import Tensors

/// A tensor of a file under the name and in the shape that the model has for it.
struct NamedTensor {
    let name: String
    let shape: [Int]
    /// Nil for what are no floats.
    let values: [Float]?
    let original: Original

    /// What the file says of it.
    struct Original {
        let name: String
        let shape: [Int]
        /// Of the elements, in the file's own words.
        let type: String
    }

    init(name: String, shape: [Int], values: [Float]?, original: Original) {
        self.name = name
        self.shape = shape
        self.values = values
        self.original = original
    }

    /// Shaped as in the file, and named as there unless another name is given.
    init(_ original: Original, as name: String? = nil, values: [Float]?) {
        self.init(name: name ?? original.name, shape: original.shape, values: values, original: original)
    }
}

/// What a file of weights has for some parameters, and what is wrong with the rest.
struct WeightMatch {
    /// A parameter, and what it is called in the file if nothing else is wrong.
    typealias Wanted = (name: String, parameter: Parameter)

    private(set) var fitting: [(parameter: Parameter, values: [Float])] = []
    /// Tensors of another shape or type than their parameters, or with values that are no numbers.
    private(set) var wrong: [String] = []
    /// Parameters that the file lacks, and tensors that no parameter asks for.
    private(set) var unmatched: [String] = []

    /// Parameters whose names are among the optional ones may be missing.
    init(_ wanted: [Wanted], in tensors: [NamedTensor], optional: Set<String> = []) {
        let found = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
        for (name, parameter) in wanted {
            if let tensor = found[name] {
                match(parameter, tensor)
            } else if !optional.contains(name) {
                let nearest = suggestion(for: name, among: tensors.map(\.name))
                let guess = nearest.map { "; the nearest is \(quoted($0))" } ?? ""
                unmatched.append("has no tensor \(quoted(name))\(guess)")
            }
        }
        let known = Set(wanted.map(\.name))
        for tensor in tensors where !known.contains(tensor.name) {
            unmatched.append("the model has no parameter \(quoted(tensor.original.name))")
        }
    }

    private mutating func match(_ parameter: Parameter, _ tensor: NamedTensor) {
        let name = quoted(tensor.original.name)
        let asModel = tensor.shape == tensor.original.shape ? "" : ", in Keras's order \(Shape(tensor.shape))"
        guard tensor.shape == parameter.shape.dimensions else {
            wrong.append(
                "\(name) has shape \(Shape(tensor.original.shape))\(asModel), and the model's is \(parameter.shape)")
            return
        }
        guard let values = tensor.values else {
            wrong.append("\(name) is \(tensor.original.type); weights are F32")
            return
        }
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            let count = values.count { !$0.isFinite }
            let which = count == 1 ? "its value \(index) is" : "\(count) of its values, from \(index) on, are"
            wrong.append("\(name): \(which) no finite number (\(values[index]))")
            return
        }
        fitting.append((parameter, values))
    }
}

/// Why a file of weights does not fit the model.
package struct WeightsError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reasons: [String]

    /// One line a reason, and the file before all.
    package var description: String {
        if reasons.count == 1 { return "\(displayable(path)): \(reasons[0])" }
        return "\(displayable(path)) does not fit the model:\n"
            + shortened(reasons).map { "  \($0)" }.joined(separator: "\n")
    }
}

/// The first ten lines, and how many more there are.
func shortened(_ lines: [String]) -> [String] {
    let most = 10
    return lines.prefix(most) + (lines.count > most ? ["and \(lines.count - most) more"] : [])
}
