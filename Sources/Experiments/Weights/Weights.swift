import Layers
import Reporting
import Schema
import Tensors

/// Why a file of weights does not fit the model.
package struct WeightsError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reason: String

    /// One line: file, reason.
    package var description: String { "\(path): \(reason)" }
}

extension Network {
    /// Replaces every parameter by the tensor of its name; names and shapes must match the model's exactly.
    package func loadWeights(from path: String) throws {
        let file: Safetensors
        do {
            file = try Safetensors(parsing: readFile(path))
        } catch let error as SafetensorsError {
            throw WeightsError(path: path, reason: "\(error)")
        }
        var reasons: [String] = []
        var values: [(Parameter, [Float])] = []
        for parameter in parameters.all {
            guard let tensor = file[parameter.name] else {
                let names = file.tensors.map(\.name)
                let guess = suggestion(for: parameter.name, among: names).map { "; the nearest is \(quoted($0))" } ?? ""
                reasons.append("has no tensor \(quoted(parameter.name))\(guess)")
                continue
            }
            guard tensor.shape == parameter.shape.dimensions else {
                reasons.append(
                    "\(quoted(parameter.name)) has shape \(Shape(tensor.shape)), and the model's is \(parameter.shape)")
                continue
            }
            guard let floats = tensor.floats else {
                reasons.append("\(quoted(parameter.name)) is \(tensor.type.rawValue); weights are F32")
                continue
            }
            values.append((parameter, floats))
        }
        let known = Set(parameters.all.map(\.name))
        for tensor in file.tensors where !known.contains(tensor.name) {
            reasons.append("the model has no parameter \(quoted(tensor.name))")
        }
        guard reasons.isEmpty else {
            let more = reasons.count > 3 ? "; and \(reasons.count - 3) more" : ""
            throw WeightsError(path: path, reason: reasons.prefix(3).joined(separator: "; ") + more)
        }
        for (parameter, floats) in values { parameters.set(parameter, to: floats) }
    }

    /// The content of `model.safetensors`.
    package var weights: Safetensors { Safetensors(weights: parameters.all, values: parameters.values(of:)) }
}

extension Safetensors {
    /// A model's parameters by Keras's names, in Keras's shapes.
    package init(weights parameters: [Parameter], values: (Parameter) -> [Float]) {
        self.init()
        metadata = [("format", "mnist-lab")]
        for parameter in parameters {
            add(parameter.name, shape: parameter.shape.dimensions, values(parameter))
        }
    }
}
