import Layers
import Schema
import Testing

@testable import Exchange

/// Configs of Keras's, without files around them.
@Suite struct KerasTranslationTests {
    /// A model that lacks nothing but weights, of which some layers have none.
    private func findings(_ layers: [JSON]) -> (layers: [JSON?], problems: [String], remarks: [String]) {
        let flattened = KerasFlattening([
            "class_name": "Sequential", "config": ["name": "m", "layers": JSON(.array(layers))],
        ])
        var findings = flattened.findings
        let found = flattened.nodes.map { KerasTranslation($0, variables: [], &findings).layer }
        return (found, findings.problems, findings.remarks)
    }

    private static func layer(_ name: String, _ arguments: JSON) -> JSON {
        var config: JSON = ["name": "it", "trainable": true, "dtype": "float32"]
        for member in arguments.members ?? [] { config[member.key] = member.value }
        return ["class_name": JSON(name), "config": config]
    }

    @Test func `layers that do not lead to the output are left out, and it is said`() {
        func layer(_ className: String, _ name: String, reading others: String...) -> JSON {
            let calls = others.map { JSON(.array([JSON($0), 0, 0, [:]])) }
            return [
                "class_name": JSON(className), "name": JSON(name), "config": ["name": JSON(name), "units": 4],
                "inbound_nodes": calls.isEmpty ? [] : JSON(.array([JSON(.array(calls))])),
            ]
        }
        let flattened = KerasFlattening([
            "class_name": "Functional",
            "config": [
                "layers": [
                    layer("InputLayer", "x"), layer("Dense", "a", reading: "x"), layer("Dense", "dead", reading: "a"),
                    layer("Dense", "b", reading: "a"), layer("Dense", "after", reading: "b"),
                ],
                "input_layers": [["x", 0, 0]], "output_layers": [["b", 0, 0]],
            ],
        ])
        #expect(flattened.nodes.map(\.name) == ["a", "b"])
        #expect(flattened.findings.problems.isEmpty)
        #expect(
            flattened.findings.remarks == [#"model: leads to no result by way of "dead", "after", which are left out"#])
    }

    static let translations: [(className: String, arguments: JSON, wanted: JSON)] = [
        (
            "Dense",
            [
                "units": 3, "activation": nil, "use_bias": true, "kernel_constraint": nil,
                "bias_initializer": ["class_name": "Zeros", "config": [:]],
                "kernel_initializer": ["class_name": "Orthogonal", "config": ["gain": 1.0]],
            ], ["type": "Dense", "units": 3]
        ),
        (
            "Dense",
            [
                "units": 3, "activation": ["class_name": "function", "module": "builtins", "config": "relu"],
                "kernel_initializer": ["class_name": "RandomNormal", "config": ["stddev": 0.1, "seed": 7]],
            ],
            [
                "type": "Dense", "units": 3, "activation": "relu",
                "kernel_initializer": ["type": "RandomNormal", "mean": 0.0, "stddev": 0.1],
            ]
        ),
        (
            "MaxPooling2D", ["pool_size": [2, 2], "strides": [2, 2], "data_format": "channels_last"],
            ["type": "MaxPooling2D"]
        ),
        (
            "AveragePooling2D", ["pool_size": [2, 2], "strides": [2, 2]], ["type": "AveragePooling2D", "pool_size": 2]
        ),
        ("BatchNormalization", ["axis": [3], "epsilon": 0.0010000000474974513], ["type": "BatchNormalization"]),
        ("LayerNormalization", ["axis": [1], "rms_scaling": false], ["type": "LayerNormalization", "axis": 1]),
        ("LeakyReLU", ["alpha": 0.30000001192092896], ["type": "LeakyReLU"]),
        ("LeakyReLU", ["alpha": 0.10000000149011612], ["type": "LeakyReLU", "negative_slope": 0.1]),
        // Keras 2 wrote one that nothing begins with.
        (
            "SeparableConv2D",
            [
                "filters": 8, "kernel_size": [3, 3],
                "kernel_initializer": ["class_name": "GlorotUniform", "config": ["seed": nil]],
            ], ["type": "SeparableConv2D", "filters": 8, "kernel_size": 3]
        ),
        ("ELU", ["alpha": 1.0], ["type": "Activation", "activation": "elu"]),
        ("Identity", [:], ["type": "Activation", "activation": "linear"]),
        (
            "Rescaling",
            [
                "scale": ["class_name": "__numpy__", "config": ["value": [0.5, 1.0], "dtype": "float32"]],
                "offset": 0.0,
            ], ["type": "Rescaling", "scale": [0.5, 1.0]]
        ),
        (
            "Normalization", ["axis": [-1], "mean": [[[[0.5]]]], "variance": [2.0], "invert": false],
            ["type": "Normalization", "mean": 0.5, "variance": 2.0]
        ),
        (
            "Dropout", ["rate": 0.5, "noise_shape": [nil, 1, 1, nil], "seed": 3],
            ["type": "SpatialDropout2D", "rate": 0.5]
        ),
        (
            "Resizing",
            [
                "height": 4, "width": 5, "crop_to_aspect_ratio": false, "fill_mode": "constant", "fill_value": 0.0,
            ], ["type": "Resizing", "height": 4, "width": 5]
        ),
    ]

    @Test(arguments: translations.indices)
    func `arguments are those of the same layer here, without defaults`(index: Int) {
        let (className, arguments, wanted) = Self.translations[index]
        let (layers, problems, remarks) = findings([Self.layer(className, arguments)])
        #expect(layers == [wanted])
        #expect(problems.isEmpty && remarks.isEmpty)
    }

    @Test func `hard_sigmoid of an older file is told to be another function`() {
        let node = KerasFlattening([
            "class_name": "Sequential",
            "config": ["layers": [Self.layer("Dense", ["units": 2, "activation": "hard_sigmoid"])]],
        ]).nodes[0]
        for (version, count) in [("2.15.0", 1), ("3.15.1", 0), ("", 0)] {
            var findings = KerasFindings()
            #expect(
                KerasTranslation(node, version: version, variables: [], &findings).layer?["activation"]
                    == "hard_sigmoid")
            #expect(findings.remarks.count == count && findings.problems.isEmpty)
        }
    }

    @Test func `layers that are called as those before the model get other names`() {
        let flattened = KerasFlattening([
            "class_name": "Sequential",
            "config": [
                "layers": [
                    ["class_name": "ReLU", "config": ["name": "images"]],
                    ["class_name": "ReLU", "config": ["name": "colors"]],
                ]
            ],
        ])
        #expect(flattened.nodes.map(\.name) == ["images_2", "colors_2"])
        #expect(flattened.findings.remarks.count == 2)
    }

    @Test func `an axis is known as a number and as a list of one`() {
        for (axis, expected) in [(1, 1), ([3], 3), (-1, -1), ([1, 2], nil)] as [(JSON, Int?)] {
            let node = KerasFlattening([
                "class_name": "Sequential", "config": ["layers": [Self.layer("BatchNormalization", ["axis": axis])]],
            ]).nodes[0]
            #expect(node.axis == expected)
        }
    }

    static let refusals: [(className: String, arguments: JSON, message: String)] = [
        ("LSTM", ["units": 3], #"it: "LSTM" is no layer here"#),
        (
            "Conv2DTranspose", ["filters": 3, "kernel_size": 3], #"it: "Conv2DTranspose" is no layer here"#
        ),
        (
            "Conv2D", ["filters": 3, "kernel_size": 3, "data_format": "channels_first"],
            #"it: data_format is "channels_first", which cannot be done here"#
        ),
        ("GlobalMaxPooling2D", ["keepdims": true], "it: keepdims is true, which cannot be done here"),
        ("Dense", ["units": 3, "activation": "log_softmax"], #"it: activation: unknown word "log_softmax""#),
        ("ELU", ["alpha": 0.5], #"it: "ELU" is no layer here"#),
        (
            "Dense",
            ["units": 3, "activation": ["class_name": "LeakyReLU", "config": ["name": "a", "negative_slope": 0.01]]],
            "it: activation: expected "
        ),
        ("Dense", [:], #"it: missing key "units""#),
        ("UpSampling2D", ["interpolation": "bicubic"], #"it: interpolation: unknown word "bicubic""#),
    ]

    @Test(arguments: refusals.indices)
    func `what cannot be done is named with its layer`(index: Int) {
        let (className, arguments, message) = Self.refusals[index]
        let (_, problems, _) = findings([Self.layer(className, arguments)])
        #expect(problems.first?.hasPrefix(message) == true, "\(problems)")
    }

    @Test func `everything that stands in the way is told at once`() {
        let (_, problems, _) = findings([
            Self.layer("LSTM", [:]), Self.layer("GlobalMaxPooling2D", ["keepdims": true]),
            Self.layer("Dense", ["units": 0]),
        ])
        #expect(problems.count == 3)
    }

    @Test func `what matters in training only is left out, and told`() {
        let (layers, problems, remarks) = findings([
            Self.layer(
                "Dense",
                [
                    "units": 3, "bias_regularizer": ["class_name": "Orthogonal", "config": ["factor": 0.1]],
                    "kernel_constraint": ["class_name": "MaxNorm", "config": [:]],
                    "kernel_regularizer": ["class_name": "OrthogonalRegularizer", "config": ["factor": 0.1]],
                ])
        ])
        #expect(layers == [["type": "Dense", "units": 3]])
        #expect(problems.isEmpty)
        #expect(remarks.count == 3 && remarks.allSatisfy { $0.contains("matters in training only") })
    }

    @Test func `wiring of files of any age is understood, in whatever order the layers are`() throws {
        func tensor(_ name: String) -> JSON {
            ["class_name": "__keras_tensor__", "config": ["keras_history": [JSON(name), 0, 0]]]
        }
        func layer(_ name: String, _ nodes: JSON) -> JSON {
            ["class_name": "Add", "name": JSON(name), "config": [:], "inbound_nodes": nodes]
        }
        let input: JSON = ["class_name": "InputLayer", "name": "x", "config": [:], "inbound_nodes": []]
        let new: [JSON] = [
            layer("b", [["args": [[tensor("a"), tensor("x")]], "kwargs": [:]]]),
            layer("a", [["args": [tensor("x"), tensor("x")], "kwargs": ["mask": nil]]]), input,
        ]
        let old: [JSON] = [
            layer("b", [[["a", 0, 0, [:]], ["x", 0, 0, [:]]]]), layer("a", [[["x", 0, 0], ["x", 0, 0]]]), input,
        ]
        for (layers, end) in [(new, ["b", 0, 0] as JSON), (old, [["b", 0, 0]] as JSON)] {
            let wiring = KerasWiring(layers, ["output_layers": end])
            #expect(wiring.problems.isEmpty)
            #expect(wiring.inputs == [["a", "x"], ["x", "x"], []])
            #expect(wiring.order == [2, 1, 0])
            #expect(wiring.output == "b")
        }
    }

    static let wirings: [(nodes: JSON, message: String)] = [
        ([[["x", 0, 0]], [["x", 0, 0]]], #""a" is called 2 times; layers with shared weights cannot be done"#),
        ([["args": [2.0], "kwargs": [:]]], #""a" reads something that is no layer's result"#),
        ([["args": [["a", 0, 1]], "kwargs": [:]]], #""a" reads something that is no layer's result"#),
        ([[["x", 0, 0, ["mask": 1]]]], #""a" is called with mask, which cannot be done"#),
        ([[["a", 0, 0]]], "has layers that read what there is not, or each other"),
        ([[["c", 0, 0]]], "has layers that read what there is not, or each other"),
    ]

    @Test(arguments: wirings.indices)
    func `wiring that cannot be done is told`(index: Int) {
        let (nodes, message) = Self.wirings[index]
        let wiring = KerasWiring(
            [
                ["class_name": "InputLayer", "name": "x"],
                ["class_name": "Flatten", "name": "a", "inbound_nodes": nodes],
            ], ["output_layers": [["a", 0, 0]]])
        #expect(wiring.problems == [message])
    }
}
