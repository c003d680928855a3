import Autograd
import Kernels
import Schema
import Tensors
import TestSupport
import Testing

@testable import Layers

/// Published networks as one layer each.
@Suite struct ApplicationTests {
    static let cases = KerasFigures.applications["cases"]!.elements!

    static func application(_ name: String, _ keys: String = "") throws -> PlacedLayer {
        try Format<PlacedLayer>.placedLayer.value(
            from: JSON(parsing: Array(#"{ "type": "\#(name)", "weights": null \#(keys) }"#.utf8)))
    }

    static func recording(_ layers: [PlacedLayer], _ input: Shape, isTraining: Bool = false) throws -> Recording {
        try Recording(
            layers + [PlacedLayer(Flatten())], input: input, loss: SparseCategoricalCrossentropy(),
            isTraining: isTraining, splits: false)
    }

    /// The formula of applications.json.
    static func setParameters(_ parameters: Parameters) {
        let named = parameters.all.filter { !$0.name.contains("/normalization/") }
        for (index, parameter) in named.sorted(by: { $0.name < $1.name }).enumerated() {
            let parts = parameter.name.split(separator: "/")
            let axes = parameter.shape.dimensions
            let fan = (parts[1].hasSuffix("dwconv") ? axes.prefix(2) : axes.dropLast()).reduce(1, *)
            let limit = Float((6 / Double(max(1, fan))).squareRoot())
            let bounds: ClosedRange<Float> =
                switch parts[2] {
                case "kernel": -limit...limit
                case "gamma": 0.8...1.2
                case "moving_variance": 0.5...1.5
                default: -0.2...0.2
                }
            parameters.set(parameter, to: hashedValues(parameter.shape.count, salt: index + 1, in: bounds))
        }
    }

    static func features(_ recording: Recording, _ parameters: Parameters, _ pixels: [Float]) throws -> [Float] {
        let program = try Program(recording.graph, parameters: parameters, batch: 1, outputs: [recording.output])
        let memory = try FloatMemory(count: pixels.count)
        memory.set(pixels)
        program.bind(Recording.images, to: memory)
        program.run(key: 5, team: Team(threads: 2))
        return program.values(of: recording.output)
    }

    @Test(arguments: cases)
    func `features are those that Keras computes from the same weights`(figures: JSON) throws {
        let size = KerasFigures.integers(figures["size"]!)
        let input = Shape(size[0], size[1], 3)
        let recording = try Self.recording([Self.application(figures["name"]!.text!)], input)
        #expect(
            recording.rows[recording.rows.count - 2].outputShape.dimensions == KerasFigures.integers(figures["shape"]!))
        let parameters = try Parameters(recording.rows.flatMap(\.parameters))
        #expect(parameters.all.reduce(0) { $0 + $1.shape.count } == KerasFigures.read(Int.self, figures["parameters"]!))
        parameters.initialize(seed: 0)
        Self.setParameters(parameters)
        let features = try Self.features(
            recording, parameters, hashedValues(input.count, salt: 1000, in: 0...255))

        let every = KerasFigures.read(Int.self, KerasFigures.applications["every"]!)
        let some = stride(from: 0, to: features.count, by: every).map { features[$0] }
        #expect(deviation(some, KerasFigures.floats(figures["features"]!)) < 1e-4)
        let total = KerasFigures.read(Double.self, figures["total"]!)
        #expect((features.reduce(0.0) { $0 + Double($1.magnitude) } / total - 1).magnitude < 1e-5)
    }

    @Test(arguments: [("EfficientNetB0", 4_007_548, 42_016 + 7), ("EfficientNetLite0", 3_371_008, 42_016)])
    func `parameters are as many as the published ones, and frozen none of them learns`(
        name: String, learned: Int, kept: Int
    ) throws {
        for (keys, wanted) in [("", learned), (#", "trainable": false"#, 0)] {
            let parameters = try Self.recording([Self.application(name, keys)], Shape(32, 32, 3)).rows
                .flatMap(\.parameters)
            #expect(parameters.filter(\.isTrainable).reduce(0) { $0 + $1.shape.count } == wanted)
            #expect(parameters.reduce(0) { $0 + $1.shape.count } == learned + kept)
        }
    }

    @Test(arguments: ["EfficientNetB0", "EfficientNetLite0"])
    func `a frozen network computes in training what it computes afterwards, with nothing drawn and nothing backwards`(
        name: String
    ) throws {
        let layers = try [Self.application(name, #", "trainable": false"#)]
        let input = Shape(32, 32, 3)
        let pixels = hashedValues(input.count, salt: 7, in: 0...255)
        let results = try [true, false].map { isTraining in
            let recording = try Self.recording(layers, input, isTraining: isTraining)
            #expect(!recording.kernels.flatMap(\.forward).contains { $0.contains("drop") || $0 == "moments" })
            for kernels in recording.kernels where kernels.layer.hasPrefix(name.lowercased()) {
                #expect(kernels.backward.isEmpty, "\(kernels.layer)")
            }
            let parameters = try Parameters(recording.rows.flatMap(\.parameters))
            parameters.initialize(seed: 1)
            return try Self.features(recording, parameters, pixels)
        }
        #expect(results[0] == results[1])
    }

    @Test
    func `in training the branch of a network that learns is left out of some images and scaled up in the others`()
        throws
    {
        var recorder = Recorder([], isTraining: true)
        let x = try recorder.graph.feed("x", .image(Shape(2, 3, 5)))
        let y = try BranchDropout(rate: 0.25).record(x, in: &recorder)
        let batch = 200
        let program = try Program(recorder.graph, parameters: Parameters([]), batch: batch, outputs: [y])
        let memory = try FloatMemory(count: batch * 30)
        memory.set([Float](repeating: 3, count: batch * 30))
        program.bind("x", to: memory)
        program.run(key: 1, team: Team(threads: 2))
        let values = program.values(of: y)
        let images = (0..<batch).map { Set(values[30 * $0..<30 * ($0 + 1)]) }
        #expect(images.allSatisfy { $0 == [0] || $0 == [4] })
        #expect((30..<70).contains(images.count { $0 == [0] }))

        let learning = try Self.recording([Self.application("EfficientNetB0")], Shape(32, 32, 3), isTraining: true)
        let drops = learning.rows.filter { $0.type == "Dropout" }
        // Of 16 blocks 7 begin a stage, and do not add what they read.
        #expect(drops.count == 9)
        #expect(drops.first?.name == "efficientnetb0/block2b_drop")
    }

    @Test(arguments: [
        (Shape(56, 56, 1), "takes images of three channels; a Concatenate that names a grey image three times"),
        (Shape(56, 31, 3), "takes images of at least 32 × 32; a Resizing before it makes them larger"),
        (Shape(3), "takes images"),
    ])
    func `an image that is no input of the network is refused with what helps`(input: Shape, message: String) throws {
        for name in ["EfficientNetB0", "EfficientNetLite0"] {
            let layers = try [Self.application(name)]
            #expect { try Self.recording(layers, input) } throws: { error in
                "\(error)".contains(message) && (error as? ShapeError)?.layer == name.lowercased()
            }
        }
    }

    @Test func `its layers' names are its own affair`() throws {
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(
            from: JSON(
                parsing: Array(
                    """
                    [{ "type": "Rescaling", "scale": 2, "name": "stem_conv" },
                     { "type": "EfficientNetLite0", "weights": null },
                     { "type": "EfficientNetLite0", "weights": null, "inputs": ["stem_conv"] },
                     { "type": "Add", "inputs": ["efficientnetlite0", "efficientnetlite0_1"] }]
                    """.utf8)))
        let rows = try Self.recording(layers, Shape(32, 32, 3)).rows
        #expect(Set(rows.map(\.name)).count == rows.count)
        let outer = rows.filter { $0.application == nil }
        #expect(outer.map(\.name) == ["stem_conv", "efficientnetlite0", "efficientnetlite0_1", "add", "flatten"])
        #expect(outer.map(\.readsTheRowBefore) == [true, true, false, false, true])
        #expect(outer[2].inputs == ["stem_conv"])
        #expect(rows.contains { $0.name == "efficientnetlite0_1/stem_conv" })
    }

    @Test func `a rescaling may have numbers for each channel`() throws {
        let layer = try Format<PlacedLayer>.placedLayer.value(
            from: JSON(parsing: Array(#"{ "type": "Rescaling", "scale": [1, 2, 3], "offset": [0, 0, -1] }"#.utf8)))
        let recording = try Self.recording([layer], Shape(1, 2, 3))
        let result = try Self.features(recording, Parameters([]), [1, 1, 1, 2, 2, 2])
        #expect(result == [1, 2, 2, 2, 4, 5])
        #expect { try Self.recording([layer], Shape(1, 2, 2)) } throws: { "\($0)".contains("one for each channel") }
    }
}
