import Autograd
import Schema
import Tensors

/// Some layers and a way around them: the sum of what they make of a value and of the value itself.
package struct Residual: UnaryLayer {
    var layers: [PlacedLayer] = []
    var shortcut: [PlacedLayer] = []

    /// Without layers, which is only right until it is read.
    package init() {}

    package static let name = "Residual"
    package static let summary =
        "Adds what its layers make of a value to that value, or to what a shortcut makes of it."
    package static var fields: [Field<Residual>] {
        [
            .required("layers", \.layers, as: .list(of: .placedLayer, count: 1...1000), "the layers, in order"),
            .optional(
                "shortcut", \.shortcut, as: .list(of: .placedLayer, count: 0...1000),
                "layers on the way around, such as a Conv2D of one pixel where shapes differ"),
        ]
    }

    package var branches: [Branch] {
        [Branch(key: "layers", layers: layers), Branch(key: "shortcut", layers: shortcut)]
    }

    package func resolvingPaths(_ absolute: (String) -> String) -> Residual {
        var resolved = self
        resolved.layers = layers.map { $0.resolvingPaths(absolute) }
        resolved.shortcut = shortcut.map { $0.resolvingPaths(absolute) }
        return resolved
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        let main = try recorder.record(layers, reading: x)
        let around = try recorder.record(shortcut, reading: x)
        guard main.value.shape == around.value.shape else {
            throw ShapeError(
                "the layers and the shortcut produce different shapes; layers in \"shortcut\" can make them equal",
                main.value.shape, around.value.shape)
        }
        recorder.connect([main.name, around.name])
        return try recorder.graph.sum(main.value, around.value)
    }
}
