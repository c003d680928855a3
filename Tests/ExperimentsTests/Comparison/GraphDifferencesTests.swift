import Schema
import Testing

@testable import Experiments

/// Configs whose layers have names are compared by them.
@Suite struct GraphDifferencesTests {
    static func conv(_ filters: Int, _ name: String? = nil, inputs: [String]? = nil) -> JSON {
        var layer: JSON = ["type": "Conv2D"]
        if let name { layer["name"] = JSON(name) }
        if let inputs { layer["inputs"] = JSON(.array(inputs.map { JSON($0) })) }
        layer["filters"] = JSON(filters)
        return layer
    }

    static func add(_ inputs: String...) -> JSON { ["type": "Add", "inputs": JSON(.array(inputs.map { JSON($0) }))] }
    static let flatten: JSON = ["type": "Flatten"]

    static func residual(_ name: String?, _ layers: [JSON], _ shortcut: [JSON] = []) -> JSON {
        var layer: JSON = ["type": "Residual"]
        if let name { layer["name"] = JSON(name) }
        layer["layers"] = JSON(.array(layers))
        layer["shortcut"] = JSON(.array(shortcut))
        return layer
    }

    static let pairs: [(first: [JSON], second: [JSON], differences: [String])] = [
        // The same layers.
        ([conv(8, "a"), flatten], [conv(4, "a"), flatten], ["model.layers[a].filters | filters | 8 | 4"]),
        (
            [conv(8, "a"), conv(8, "b")], [conv(4, "a"), conv(2, "b")],
            [
                "model.layers[a].filters | layers[a].filters | 8 | 4",
                "model.layers[b].filters | layers[b].filters | 8 | 2",
            ]
        ),
        // A name that only one of them says.
        (
            [conv(8, "a"), conv(8)], [conv(4), conv(2)],
            [
                "model.layers[a].name | layers[a].name | a | –", "model.layers[a].filters | layers[a].filters | 8 | 4",
                "model.layers[1].filters | layers[1].filters | 8 | 2",
            ]
        ),
        // One layer more: what stays is compared by itself, what is new is shown.
        (
            [conv(8, "a"), flatten, conv(1, "b")], [conv(4, "a"), conv(6), flatten, conv(1, "b")],
            ["model.layers | layers | – | Conv2D 6", "model.layers[a].filters | filters | 8 | 4"]
        ),
        // Nothing of what stays has changed.
        (
            [conv(8, "a"), conv(1, "b")], [conv(8, "a"), conv(6, "c"), conv(1, "b")],
            ["model.layers | layers | – | Conv2D 6"]
        ),
        // Moved by one: by their places they would all seem to be others.
        (
            [conv(1, "a"), conv(2, "b"), conv(3, "c")], [conv(2, "b"), conv(3, "c"), conv(4, "d")],
            ["model.layers | layers | Conv2D 1, Conv2D 2, Conv2D 3 | Conv2D 2, Conv2D 3, Conv2D 4"]
        ),
        // The other way around: no name tells more than a place does.
        (
            [conv(1, "a"), conv(2, "b")], [conv(2, "b"), conv(1, "a")],
            [
                "model.layers[0].name | layers[0].name | a | b", "model.layers[0].filters | layers[0].filters | 1 | 2",
                "model.layers[1].name | layers[1].name | b | a", "model.layers[1].filters | layers[1].filters | 2 | 1",
            ]
        ),
        // Of another kind.
        (
            [conv(8, "a"), flatten], [["type": "Dense", "name": "a", "units": 3], flatten],
            ["model.layers[a] | layers[a] | Conv2D 8 | Dense 3"]
        ),
        // Other inputs.
        (
            [conv(8, "a"), conv(8, "b"), add("a", "b")], [conv(8, "a"), conv(8, "b"), add("b", "input")],
            ["model.layers[2].inputs | inputs | [a, b] | [b, input]"]
        ),
        (
            [conv(8), conv(8)], [conv(8), conv(8, inputs: ["input"])], ["model.layers[1].inputs | inputs | – | [input]"]
        ),
        // Within a container.
        (
            [residual("r", [conv(8, "a"), conv(8, "b")])], [residual("r", [conv(8, "a"), conv(4, "b")])],
            ["model.layers[r].layers[b].filters | filters | 8 | 4"]
        ),
        (
            [residual(nil, [conv(8), flatten]), flatten], [residual(nil, [conv(8)], [conv(4)]), flatten],
            [
                "model.layers[0].layers | layers | Flatten | –", "model.layers[0].shortcut | shortcut | – | Conv2D 4",
            ]
        ),
        // In few words.
        (
            [flatten],
            [residual("r", [conv(8), flatten], [conv(4, "s")]), conv(2, "c", inputs: ["input"]), add("r", "c")],
            [
                "model.layers | layers | Flatten | Residual [Conv2D 8, Flatten] + [Conv2D 4], Conv2D 2 (input), Add (r, c)"
            ]
        ),
        ([flatten], [residual(nil, [conv(8)])], ["model.layers | layers | Flatten | Residual [Conv2D 8]"]),
    ]

    @Test(arguments: pairs.indices)
    func `layers are matched by name where that tells more`(index: Int) {
        let (first, second, differences) = Self.pairs[index]
        func config(_ layers: [JSON]) -> JSON { SampleRuns.config([(["model", "layers"], JSON(.array(layers)))]) }
        #expect(ConfigDifferencesTests.found([config(first), config(second)]) == differences)
    }

    @Test func `a run that is wired otherwise is not what a config trains`() {
        func group(_ layers: [JSON]) -> PlannedConfig.Group {
            PlannedConfig.Group(values: [], config: ["model": ["layers": JSON(.array(layers))]], hasFolds: false)
        }
        func run(_ layers: [JSON]) -> JSON { ["model": ["layers": JSON(.array(layers))]] }
        let planned = group([Self.conv(8, "a"), Self.conv(8)])
        #expect(planned.difference(in: run([Self.conv(8, "a"), Self.conv(8)])) == nil)
        #expect(
            planned.difference(in: run([Self.conv(8, "a"), Self.conv(8, inputs: ["input"])]))
                == "model.layers[1].inputs is [input] there and – in the config")
        #expect(
            planned.difference(in: run([Self.conv(4, "a"), Self.conv(8)]))
                == "model.layers[a].filters is 4 there and 8 in the config")
    }
}
