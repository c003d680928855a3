import Autograd
import Datasets
import Exchange
import Foundation
import Kernels
import Layers
import Reporting
import Schema
import Tensors
import TestSupport
import Testing

@testable import Experiments

/// Files with the weights of published networks.
@Suite struct PublishedWeightsTests {
    /// Names, shapes and features of timm (Tests/Peers/make_fixtures.py).
    static let timm = try! JSON(
        parsing: [UInt8](
            Data(
                contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                    .appending(path: "Fixtures/published_names.json"))))["cases"]!.elements!

    private let folder = FileManager.default.temporaryDirectory.appending(path: "weights-\(UUID().uuidString)").path

    /// Writes a file, has a network read it, and removes it.
    private func load(_ file: Safetensors, _ network: Network, layer: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try AtomicFile.write(file.bytes, to: "\(folder)/a.safetensors")
        try network.load(PublishedWeights(layer: layer, path: "\(folder)/a.safetensors"))
    }

    private func network(_ type: String, side: Int = 32) throws -> Network {
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(
            from: [["type": JSON(type), "weights": nil], ["type": "Flatten"]])
        let network = try Network(layers, input: Shape(side, side, 3), loss: SparseCategoricalCrossentropy())
        network.parameters.initialize(seed: 0)
        return network
    }

    /// The formula of published_names.json.
    private func values(_ name: String, _ shape: [Int], salt: Int) -> [Float] {
        let limit = Float((6 / Double(shape.dropFirst().reduce(1, *))).squareRoot())
        let bounds: ClosedRange<Float> =
            switch name.split(separator: ".").last {
            case "weight": shape.count == 4 ? -limit...limit : 0.8...1.2
            case "running_var": 0.5...1.5
            default: -0.2...0.2
            }
        return hashedValues(shape.reduce(1, *), salt: salt, in: bounds)
    }

    @Test(arguments: timm)
    func `a file of timm's gives the features that timm computes`(figures: JSON) throws {
        let type = figures["name"]!.text!
        var file = Safetensors()
        for (index, tensor) in figures["tensors"]!.elements!.enumerated() {
            let name = tensor[0]!.text!
            let shape = try [Int](from: tensor[1]!)
            if shape.isEmpty {
                file.tensors.append(.init(name: name, type: .int64, shape: [], bytes: [UInt8](repeating: 0, count: 8)))
            } else {
                file.add(name, shape: shape, values(name, shape, salt: index + 1))
            }
        }
        let network = try network(type, side: 56)
        try load(file, network, layer: type.lowercased())

        let output = network.inference.output
        let program = try Program(
            network.inference.graph, parameters: network.parameters, batch: 1, outputs: [output])
        let pixels = try FloatMemory(count: network.input.count)
        pixels.set(hashedValues(network.input.count, salt: 1000, in: 0...255))
        program.bind(Recording.images, to: pixels)
        program.run(key: 0, team: Team(threads: 2))
        let features = program.values(of: output)
        let wanted = try [Double](from: figures["features"]!)
        let some = stride(from: 0, to: features.count, by: 17).map { Double(features[$0]) }
        #expect(some.count == wanted.count)
        let scale = wanted.map(\.magnitude).max()!
        #expect(zip(some, wanted).allSatisfy { ($0 - $1).magnitude < 1e-4 * max($1.magnitude, 0.1 * scale) })
    }

    @Test(arguments: [
        "efficientnetlite0/", "another/", "", "keras 2",
    ])
    func `weights are known by the names of a run's own file, and by Keras's`(names: String) throws {
        let network = try network("EfficientNetLite0")
        var file = Safetensors()
        for (index, parameter) in network.parameters.all.enumerated() {
            var name = String(parameter.name.drop { $0 != "/" }.dropFirst())
            if names == "keras 2" {
                if name.contains("dwconv/") { name = name.replacing("/kernel", with: "/depthwise_kernel") }
                name += ":0"
            } else {
                name = names + name
            }
            file.add(
                name, shape: parameter.shape.dimensions,
                [Float](repeating: Float(index), count: parameter.shape.count))
        }
        // What else a file may have: a whole model's other layers, or the classifier.
        file.add(names.hasSuffix("/") ? "dense/kernel" : "predictions/kernel", shape: [2], [0, 0])
        try load(file, network, layer: "efficientnetlite0")
        for (index, parameter) in network.parameters.all.enumerated() {
            #expect(network.parameters.values(of: parameter).allSatisfy { $0 == Float(index) }, "\(parameter.name)")
        }
    }

    @Test func `Keras's statistics of images are taken where they are there`() throws {
        let network = try network("EfficientNetB0")
        var file = Safetensors()
        for parameter in network.parameters.all {
            let name = String(parameter.name.drop { $0 != "/" }.dropFirst())
            guard name != "normalization/count" else {
                file.tensors.append(.init(name: name, type: .int32, shape: [], bytes: [1, 0, 0, 0]))
                continue
            }
            file.add(
                name, shape: parameter.shape.dimensions, [Float](repeating: 0.5, count: parameter.shape.count))
        }
        try load(file, network, layer: "efficientnetb0")
        let mean = try #require(network.parameters["efficientnetb0/normalization/mean"])
        #expect(network.parameters.values(of: mean) == [0.5, 0.5, 0.5])
    }

    @Test func `what does not fit is listed, ten lines of it, and nothing is changed`() throws {
        let network = try network("EfficientNetLite0")
        let before = network.weights
        var file = Safetensors()
        for parameter in network.parameters.all {
            var shape = parameter.shape.dimensions
            var name = String(parameter.name.drop { $0 != "/" }.dropFirst())
            if name == "stem_conv/kernel" { shape[2] = 1 }
            if name == "top_bn/gamma" { name = "top_bn/gama" }
            if name.hasPrefix("block3b") { continue }
            file.add(name, shape: shape, [Float](repeating: 0, count: shape.reduce(1, *)))
        }
        file.add("extra/kernel", shape: [1], [0])
        #expect { try load(file, network, layer: "efficientnetlite0") } throws: { error in
            let lines = "\(error)".split(separator: "\n")
            #expect(lines.first?.hasSuffix("a.safetensors does not fit the model:") == true)
            #expect(
                lines.dropFirst().first
                    == "  \"stem_conv/kernel\" has shape (3, 3, 1, 32), and the model's is (3, 3, 3, 32)")
            #expect(lines.dropFirst(2).first?.hasPrefix("  has no tensor \"block3b_expand_conv/kernel\"") == true)
            // The shape; 15 tensors of a block and one beside; two that are too much.
            #expect(lines.last == "  and 9 more")
            #expect(lines.count == 12)
            return true
        }
        #expect(network.weights == before)
    }

    @Test func `a timm kernel of another shape is named by timm's name and in both orders`() throws {
        let network = try network("EfficientNetLite0")
        var file = Safetensors()
        file.add("conv_stem.weight", shape: [32, 1, 3, 3], [Float](repeating: 0, count: 288))
        #expect { try load(file, network, layer: "efficientnetlite0") } throws: {
            "\($0)".contains(
                #""conv_stem.weight" has shape (32, 1, 3, 3), in Keras's order (3, 3, 1, 32), and the model's is (3, 3, 3, 32)"#
            )
        }
    }

    @Test func `a file with no known names says which they would be`() throws {
        let network = try network("EfficientNetLite0")
        var file = Safetensors()
        file.add("features.0.0.weight", shape: [1], [0])
        #expect { try load(file, network, layer: "efficientnetlite0") } throws: {
            "\($0)".contains("stem_conv/kernel in Keras, conv_stem.weight in timm")
        }
    }

    @Test func `Keras's own file gives each layer the weights of its name, and its classifier is passed over`() throws {
        let network = try network("EfficientNetB0")
        // As Keras 2 wrote it: a group a layer, with names of variables that end in their numbers.
        var root = HDF5Group()
        var layers: [String] = ["predictions"]
        var value: Float = 0
        var values: [String: Float] = [:]
        func group(_ name: String, _ parameters: [Parameter]) -> HDF5Group {
            var inner = HDF5Group()
            for parameter in parameters {
                value += 1
                values[parameter.name] = value
                let floats = [Float](repeating: value, count: parameter.shape.count)
                let role = String(parameter.name.split(separator: "/").last ?? "")
                inner.datasets.append(("\(role):0", HDF5Dataset(shape: parameter.shape.dimensions, values: floats)))
            }
            var outer = HDF5Group()
            outer.attributes = [("weight_names", .texts(inner.datasets.map { "\(name)/\($0.name)" }))]
            outer.groups = [(name, inner)]
            return outer
        }
        let other = Parameter(name: "predictions/kernel", shape: Shape(2), initializer: .constant(0))
        root.groups.append(("predictions", group("predictions", [other])))
        for layer in network.flatLayers where layer.name.contains("/") && !layer.parameters.isEmpty {
            let name = String(layer.name.split(separator: "/")[1])
            layers.append(name)
            root.groups.append((name, group(name, layer.parameters)))
        }
        root.attributes = [("layer_names", .texts(layers)), ("keras_version", .text("2.3.1"))]
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try AtomicFile.write(try root.bytes, to: "\(folder)/efficientnetb0_notop.h5")
        try network.load(PublishedWeights(layer: "efficientnetb0", path: "\(folder)/efficientnetb0_notop.h5"))
        for parameter in network.parameters.all {
            #expect(network.parameters.values(of: parameter).first == values[parameter.name], "\(parameter.name)")
        }
    }
}
