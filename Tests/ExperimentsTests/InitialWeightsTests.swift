import Datasets
import Exchange
import Foundation
import Layers
import Reporting
import Schema
import Tensors
import Testing

@testable import Experiments

/// `model.initial_weights`, for all of a model or for a part of it.
@Suite struct InitialWeightsTests {
    private static let layers = """
        [{ "type": "Flatten" }, { "type": "Dense", "units": 3 },
         { "type": "Residual", "name": "block", "layers": [{ "type": "Dense", "units": 3, "name": "inner" }] },
         { "type": "Dense", "units": 10 }]
        """

    /// Gives a model the weights of a file that has an array of ones for every name and shape.
    private func load(
        _ setting: String, _ tensors: [(name: String, shape: [Int])], beginning first: Float = 1
    ) throws -> (network: Network, remarks: [String]) {
        let path = FileManager.default.temporaryDirectory.appending(path: "w-\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var file = Safetensors()
        for (name, shape) in tensors {
            file.add(name, shape: shape, [first] + [Float](repeating: 1, count: shape.reduce(1, *) - 1))
        }
        try AtomicFile.write(file.bytes, to: path)
        let text = ConfigText(
            "model",
            "{ \"layers\": \(Self.layers), \"initial_weights\": \(setting.replacing("FILE", with: "\"\(path)\"")) }"
        ).text
        let config = try ConfigDocument(Array(text.utf8), file: "c.json").resolved().config
        let network = try config.network(input: Shape(2))
        network.parameters.initialize(seed: 0)
        let remarks = try config.loadInitialWeights(into: network).list.map(\.message)
        return (network, remarks.map { $0.replacing("\(path): ", with: "") })
    }

    /// The parameters that are all ones.
    private func given(_ network: Network) -> [String] {
        network.parameters.all.filter { network.parameters.values(of: $0).allSatisfy { $0 == 1 } }.map(\.name)
    }

    private static let dense = [("dense/kernel", [2, 3]), ("dense/bias", [3])]
    private static let inner = [("inner/kernel", [3, 3]), ("inner/bias", [3])]

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `weights that are no numbers are refused`(value: Float) {
        #expect {
            try load(#"{ "file": FILE, "layers": ["dense"] }"#, Self.dense, beginning: value)
        } throws: { error in
            let text = "\(error)"
            return text.contains("\"dense/kernel\": its value 0 is no finite number (\(value))")
                && text.contains("dense/bias")
        }
    }

    @Test func `with strict false names that fit are taken, and the others listed`() throws {
        let (network, remarks) = try load(
            #"{ "file": FILE, "strict": false }"#, Self.dense + Self.inner + [("dense_2/kernel", [3, 10])])
        #expect(given(network) == ["dense/kernel", "dense/bias", "inner/kernel", "inner/bias"])
        #expect(
            remarks == [
                #"has no tensor "dense_1/kernel"; the nearest is "dense/kernel""#,
                #"has no tensor "dense_1/bias"; the nearest is "dense/bias""#,
                #"the model has no parameter "dense_2/kernel""#,
            ])
    }

    @Test(arguments: ["FILE", #"{ "file": FILE }"#])
    func `what is missing or left over is an error otherwise`(setting: String) throws {
        #expect { try load(setting, Self.dense + [("other", [1])]) } throws: { error in
            let text = "\(error)"
            return text.contains(#"has no tensor "inner/kernel""#) && text.contains(#"has no parameter "other""#)
        }
    }

    @Test func `a shape that does not fit is always an error`() throws {
        let file = [("dense/kernel", [3, 2])]
        #expect { try load(#"{ "file": FILE, "strict": false }"#, file) } throws: {
            "\($0)".contains(#""dense/kernel" has shape (3, 2), and the model's is (2, 3)"#)
        }
    }

    @Test(arguments: [("dense", ["dense/kernel", "dense/bias"]), ("block", ["inner/kernel", "inner/bias"])])
    func `layers that are named are given weights, with all that stands within them`(layer: String, wanted: [String])
        throws
    {
        let (network, remarks) = try load(
            #"{ "file": FILE, "layers": ["\#(layer)"] }"#, Self.dense + Self.inner + [("other/kernel", [1])])
        #expect(given(network) == wanted)
        #expect(remarks.isEmpty)
    }

    @Test func `a layer that is not there is pointed out`() {
        let text = ConfigText(
            "model",
            #"{ "layers": [{ "type": "Dense", "units": 10 }], "initial_weights": { "file": "a", "layers": ["dens"] } }"#
        ).text
        #expect(
            messages(text)
                == #"c.json:4:103: model.initial_weights.layers[0]: there is no layer "dens"; did you mean "dense"?"#)
    }

    @Test func `a path stays a path when it is written`() throws {
        for (written, wanted) in [
            (#""/a""#, #""/a""#), (#"{ "file": "/a" }"#, #""/a""#),
            (#"{ "file": "/a", "strict": false }"#, #"{"file":"/a","strict":false,"layers":null}"#),
        ] {
            let json = try JSON(parsing: Array(written.utf8))
            #expect(try InitialWeights.format.write(InitialWeights.format.value(from: json)).compact == wanted)
        }
    }

    @Test(arguments: [".safetensors", ".npz", ".weights.h5", ".keras"])
    func `the weights of every format that has names or numbers for them are read`(ending: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "w-\(UUID().uuidString)\(ending)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: try JSON(parsing: Self.layers))
        func network(seed: UInt64) throws -> Network {
            let network = try Network(layers, input: Shape(2), loss: SparseCategoricalCrossentropy())
            network.parameters.initialize(seed: seed)
            return network
        }
        let model = ExportedModel(name: "a", network: try network(seed: 1), classNames: [])
        try AtomicFile.write(try #require(ModelFormats.format(of: path)).encode(model), to: path)
        let other = try network(seed: 2)
        try other.loadWeights(from: path)
        #expect(other.weights == model.network.weights)
    }

    @Test(
        arguments: [
            ([0x89] + Array("HDF".utf8), "is "), (Array("PK".utf8), "not a zip archive"), ([], "is cut off"),
            (
                [0x89] + Array("PNG\r\n".utf8) + [26, 10],
                "is no file of weights; name one of these: .safetensors, .keras, .h5 or .npz"
            ),
        ] as [([UInt8], String)])
    func `a file of no weights is told with its name`(bytes: [UInt8], message: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "w-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try AtomicFile.write(bytes, to: path)
        #expect {
            try WeightFile(at: path)
        } throws: { error in
            "\(error)".hasPrefix(path) && "\(error)".contains(message)
        }
    }
}
