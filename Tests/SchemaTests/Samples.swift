import Schema

// A small world of layers and optimizers, described as the real ones are.

/// A family's protocol: what a layer can do besides being described.
protocol SampleLayer: Described {
    var label: String { get }
}

extension SampleLayer {
    var label: String { Self.name.lowercased() }
}

extension Format where Value == any SampleLayer {
    static var layer: Format { Format.layers.format }
    static var layers: Family<any SampleLayer> {
        Family("layer", [Conv2D.self, Dense.self, Dropout.self, Residual.self])
    }
}

/// How to make a setting of one's own: `3` or `[3, 2]`, each side within the field's bounds.
struct Extent: Ranged, Equatable {
    var height: Int
    var width: Int

    static func format(in sides: Interval<Int>) -> Format<Extent> {
        let side = Int.format(in: sides)
        let pair = Format<[Int]>.list(of: side, count: 2...2)
        return Format(
            expecting: "\(side.expectation), or two in an array",
            schema: { definitions in ["anyOf": [side.schema(&definitions), pair.schema(&definitions)]] },
            read: { place, problems in
                if place.json.elements != nil {
                    return pair.read(place, &problems).map { Extent(height: $0[0], width: $0[1]) }
                }
                return side.read(place, &problems).map { Extent(height: $0, width: $0) }
            },
            write: { $0.height == $0.width ? side.write($0.height) : pair.write([$0.height, $0.width]) })
    }
}

struct Conv2D: SampleLayer {
    enum Padding: String, CaseIterable, Setting { case valid, same }
    enum Activation: String, CaseIterable, Setting { case linear, relu, tanh }

    var filters = 0
    var kernelSize = Extent(height: 1, width: 1)
    var strides = Extent(height: 1, width: 1)
    var padding = Padding.valid
    var dilation = 1
    var activation = Activation.linear
    var seed: Int?

    static let name = "Conv2D"
    static let summary = "Slides small filters over an image."
    static var fields: [Field<Conv2D>] {
        [
            .required("filters", \.filters, in: 1...65_536, "how many feature maps"),
            .required("kernel_size", \.kernelSize, in: 1...1024, "the filter's height and width"),
            .optional("strides", \.strides, in: 1..., "the step between neighbouring outputs"),
            .optional("padding", \.padding, "whether zeros surround the image"),
            .optional("dilation", \.dilation, in: 1..., "the step within a filter"),
            .optional("activation", \.activation, "what is applied to the sum"),
            .optional("seed", \.seed, in: 0..., "for the first weights"),
        ]
    }

    func check(at place: Place, _ problems: inout Problems) {
        if dilation > 1, strides != Extent(height: 1, width: 1) {
            problems.append(place.problem(at: "dilation", "dilation and strides exclude each other"))
        }
    }
}

struct Dense: SampleLayer {
    var units = 0
    var bias = true

    static let name = "Dense"
    static let summary = "Connects every input with every output."
    static var fields: [Field<Dense>] {
        [
            .required("units", \.units, in: 1..., "how many outputs"),
            .optional("use_bias", \.bias, "whether to add one"),
        ]
    }
}

struct Dropout: SampleLayer {
    var rate = 0.5

    static let name = "Dropout"
    static let summary = "Sets a random part of its inputs to zero while training."
    static var fields: [Field<Dropout>] { [.required("rate", \.rate, in: 0..<1, "which part")] }
}

struct Residual: SampleLayer {
    var layers: [any SampleLayer] = []

    static let name = "Residual"
    static let summary = "Adds its input to what its layers make of it."
    static var fields: [Field<Residual>] {
        [.required("layers", \.layers, as: .list(of: .layer, count: 1...), "the layers in between")]
    }
}

protocol SampleOptimizer: Described {}

struct Adam: SampleOptimizer {
    var rate = 0.001
    var betas = [0.9, 0.999]
    var clip: Double?

    static let name = "Adam"
    static let summary = "Adaptive moments."
    static var fields: [Field<Adam>] {
        [
            .optional("learning_rate", \.rate, in: .above(0), "the size of a step"),
            .optional(
                "betas", \.betas, as: .list(of: Double.format(in: 0..<1), count: 2...2), "the decay | of moments"),
            .optional("clip", \.clip, in: .above(0), "the largest gradient"),
        ]
    }
}

struct SGD: SampleOptimizer {
    static let name = "SGD"
    static let summary = "Plain descent."
    static var fields: [Field<SGD>] { [] }
}

struct Experiment: Described {
    var name = ""
    var layers: [any SampleLayer] = []
    var optimizer: any SampleOptimizer = Adam()
    var auxiliary: (any SampleOptimizer)?
    var notes: JSON = nil

    static let name = "experiment"
    static let summary = "What to train, and how."
    static var fields: [Field<Experiment>] {
        let optimizer = Family<any SampleOptimizer>("optimizer", [Adam.self, SGD.self], allowsBareNames: true).format
        return [
            .required("name", \.name, "what it is called"),
            .optional("layers", \.layers, as: .list(of: .layer), "the layers in order"),
            .optional("optimizer", \.optimizer, as: optimizer, "how weights are changed"),
            .optional("auxiliary", \.auxiliary, as: optimizer.orNull, "another one"),
            .optional("notes", \.notes, "whatever you like"),
        ]
    }
}
