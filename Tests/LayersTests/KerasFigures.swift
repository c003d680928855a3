import Foundation
import Layers
import Schema
import Tensors
import Testing

/// What Keras computed (Tests/Peers/make_fixtures.py).
enum KerasFigures {
    static let layers = fixture("layers")["cases"]!.elements!.map(LayerCase.init)
    static let augmentation = fixture("augmentation")
    static let applications = fixture("applications")
    static let models = fixture("models")["cases"]!.elements!
    static let losses = fixture("losses")
    static let initializers = fixture("initializers")["cases"]!.elements!

    /// One layer's forward and backward pass.
    struct LayerCase: CustomTestStringConvertible, Sendable {
        let name: String
        let layer: JSON
        let isTraining: Bool
        let inputShape: [Int]
        let input, output, outputGradient, inputGradient: [Float]
        let parameters, parameterGradients, parametersAfter: [String: [Float]]
        var testDescription: String { name }

        init(_ json: JSON) {
            name = json["name"]!.text!
            layer = json["layer"]!
            isTraining = json["training"]!.content == .bool(true)
            inputShape = integers(json["input_shape"]!)
            input = floats(json["input"]!)
            output = floats(json["output"]!)
            outputGradient = floats(json["output_gradient"]!)
            inputGradient = floats(json["input_gradient"]!)
            parameters = named(json["parameters"])
            parameterGradients = named(json["parameter_gradients"])
            parametersAfter = named(json["parameters_after"])
        }
    }

    static func floats(_ json: JSON) -> [Float] { read([Double].self, json).map { Float($0) } }
    static func integers(_ json: JSON) -> [Int] { read([Int].self, json) }

    static func read<Value: Setting>(_: Value.Type, _ json: JSON) -> Value {
        do { return try Value(from: json) } catch { fatalError("\(error)") }
    }

    static func layer(_ json: JSON) throws -> any Layer { try Format<any Layer>.layers.format.value(from: json) }

    private static func named(_ json: JSON?) -> [String: [Float]] {
        Dictionary(
            uniqueKeysWithValues: (json?.members ?? []).map { member in
                (member.key, floats(member.value["values"] ?? member.value))
            })
    }

    private static func fixture(_ name: String) -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        do {
            return try JSON(parsing: [UInt8](Data(contentsOf: folder.appending(path: "Fixtures/\(name).json"))))
        } catch {
            fatalError("\(name).json: \(error)")
        }
    }
}

/// How far two results are apart, relative to the larger of the reference and the scale at which rounding errors arise.
func deviation(_ ours: [Float], _ reference: [Float], scale: Float? = nil) -> Float {
    guard ours.count == reference.count else { return .infinity }
    let scale = scale ?? (reference.map(\.magnitude).max() ?? 0) * 0.1 + 1e-6
    return zip(ours, reference).map { ours, reference in
        ours.isNaN || reference.isNaN ? .infinity : (ours - reference).magnitude / max(reference.magnitude, scale)
    }.max() ?? 0
}
