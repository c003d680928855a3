import Foundation
import Layers
import Schema

extension ONNXCase {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/onnx")

    /// Those of a file, one for each word that some setting takes, and random ones.
    static let all = written + activations + sizes + merging + applications + random

    static func named(_ name: String) -> ONNXCase? { all.first { $0.name == name } }

    private static let written: [ONNXCase] = {
        let file = try? Data(contentsOf: folder.appendingPathComponent("models.jsonc"))
        let models = try? JSON(parsing: [UInt8](file ?? Data()))
        return (models?.elements ?? []).compactMap { model in
            guard let name = model["name"]?.text, let layers = model["layers"]?.elements else { return nil }
            let shape = model["input"].flatMap { try? Format<[Int]>.list(of: Int.format, count: 3...3).value(from: $0) }
            return ONNXCase(name, on: shape ?? standard, layers, isComplete: model["isComplete"] != nil)
        }
    }()

    private static let standard = [9, 7, 2]
    private static let conv: JSON = ["type": "Conv2D", "filters": 3, "kernel_size": 2]

    private static let activations = ActivationName.allCases.flatMap { activation in
        let word = JSON(activation.rawValue)
        return [
            // Numbers far from zero on both sides.
            ONNXCase(
                "activation-\(activation.rawValue)", on: standard,
                [
                    ["type": "Rescaling", "scale": 8, "offset": -4],
                    ["type": "Activation", "activation": word],
                ]),
            ONNXCase(
                "conv2d-\(activation.rawValue)", on: standard,
                [["type": "Conv2D", "filters": 3, "kernel_size": 2, "activation": word]]),
        ]
    }

    private static let sizes = ["nearest", "bilinear"].flatMap { kind in
        let word = JSON(kind)
        let larger: JSON = ["type": "UpSampling2D", "size": [2, 3], "interpolation": word]
        return [ONNXCase("upsampling-\(kind)", on: standard, [larger])]
            + [ONNXCase("upsampling-conv-\(kind)", on: standard, [conv, larger])]
            + [(5, 11), (9, 3), (32, 30), (1, 2), (6, 7)].map { height, width in
                ONNXCase(
                    "resizing-\(height)x\(width)-\(kind)", on: standard,
                    [["type": "Resizing", "height": JSON(height), "width": JSON(width), "interpolation": word]])
            }
    }

    private static let merging = ["Add", "Subtract", "Multiply", "Average", "Maximum"].flatMap { type in
        let word = JSON(type)
        func conv(_ name: JSON, _ kernel: JSON, inputs: JSON) -> JSON {
            ["type": "Conv2D", "filters": 2, "kernel_size": kernel, "name": name, "inputs": inputs]
        }
        return [
            ONNXCase(
                "\(type)-convolutions", on: standard,
                [
                    conv("a", 2, inputs: ["input"]), conv("b", 2, inputs: ["input"]),
                    ["type": word, "inputs": ["a", "b"]],
                ]),
            ONNXCase(
                "\(type)-repeated", on: standard,
                [
                    conv("a", [1, 7], inputs: ["input"]),
                    ["type": "GlobalAveragePooling2D", "inputs": ["input"], "name": "b"],
                    ["type": word, "inputs": ["b", "a"], "name": "c"], ["type": word, "inputs": ["input", "c"]],
                ]),
        ]
    }

    /// Published networks on grey images, with variances at which images still differ at the end of so many layers.
    private static let applications = [
        ("EfficientNetB0", 0.35...1.05 as ClosedRange<Float>), ("EfficientNetLite0", 0.5...1.5),
    ]
    .map { type, variances in
        ONNXCase(
            type, on: [28, 28, 1],
            [
                ["type": "Concatenate", "inputs": ["input", "input", "input"]],
                ["type": "Resizing", "height": 36, "width": 36], ["type": "Rescaling", "scale": 255],
                ["type": JSON(type), "weights": nil], ["type": "GlobalAveragePooling2D"],
            ], variances: variances)
    }
}
