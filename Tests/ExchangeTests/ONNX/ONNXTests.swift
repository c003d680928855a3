import Autograd
import Exchange
import Foundation
import Layers
import Schema
import Tensors
import Testing

@Suite struct ONNXTests {
    private func read(_ one: ONNXCase) throws -> ReadONNX { try ReadONNX(ONNX.encode(one.model())) }

    private func read(on shape: [Int] = [9, 7, 2], _ layers: String) throws -> ReadONNX {
        try read(ONNXCase("model", on: shape, try JSON(parsing: "[\(layers)]").elements ?? []))
    }

    private static let conv = #"{ "type": "Conv2D", "filters": 3, "kernel_size": 2 }"#

    @Test(arguments: ONNXCase.all)
    func `a model is a graph in which everything has a name of its own and is there before it is read`(
        one: ONNXCase
    ) throws {
        let model = try read(one)
        var names = model.inputs.map(\.name) + model.initializers.map(\.name)
        for node in model.nodes {
            #expect(node.inputs.allSatisfy { $0.isEmpty || names.contains($0) }, "\(node.name)")
            #expect(node.outputs.count == 1)
            names += node.outputs
        }
        #expect(Set(names).count == names.count)
        #expect(Set(model.nodes.map(\.name)).count == model.nodes.count)
        let read = Set(model.nodes.flatMap(\.inputs) + ["probabilities"])
        #expect(names.allSatisfy { $0 == "images" || read.contains($0) }, "nobody reads some of \(names)")
        for tensor in model.initializers {
            #expect(tensor.lengths.reduce(tensor.type == 1 ? 4 : 8, *) == tensor.bytes, "\(tensor.name)")
        }
        #expect(model.versions == [8, 17])
        #expect(model.inputs == [ReadONNX.Port(name: "images", batch: "batch", lengths: one.shape)])
        let classes = try one.network().classes
        #expect(model.outputs == [ReadONNX.Port(name: "probabilities", batch: "batch", lengths: [classes])])
        #expect(model.count(of: "Dropout") == 0)
    }

    @Test func `every layer is exported, so that a new one must be, too`() throws {
        let cases = try ONNXCase.all.map { try $0.network() }
        let exported = Set(cases.flatMap { $0.inference.rows.map(\.type) })
        for type in Format<any Layer>.layers.types {
            #expect(
                exported.contains(type.name),
                """
                no model with \(type.name) is exported to ONNX: add one to Tests/ExchangeTests/Fixtures/onnx/models.jsonc, \
                let each operation that it records conform to ONNXTranslatable in Sources/Exchange/ONNX/Operations, and \
                compare with ONNX Runtime by Tests/Peers/check_onnx.py
                """)
        }
    }

    @Test func `names tell layer and operator, parameters keep theirs`() throws {
        let model = try read(
            #"{ "type": "Conv2D", "filters": 3, "kernel_size": 2, "activation": "silu", "name": "stem" }"#)
        #expect(
            model.nodes.map(\.name) == [
                "input/Transpose", "stem/Conv", "stem/Sigmoid", "stem/Mul", "rows/Flatten", "head/Gemm",
                "probabilities/Softmax",
            ])
        #expect(model.initializers.map(\.name) == ["stem/kernel", "stem/bias", "head/kernel", "head/bias"])
        #expect(model.initializers.map(\.lengths) == [[3, 2, 2, 2], [3], [144, 4], [4]])
    }

    @Test func `images are transposed once, and rows of weights follow them`() throws {
        let block = #"\#(Self.conv), { "type": "BatchNormalization" }, { "type": "ReLU" }, { "type": "MaxPooling2D" }"#
        #expect(try read(on: [28, 28, 1], "\(block), \(block)").types.filter { $0 == "Transpose" }.count == 1)
        #expect(try read("").types == ["Flatten", "Gemm", "Softmax"])
        let branches =
            #"{ "type": "Residual", "layers": [{ "type": "Conv2D", "filters": 2, "kernel_size": 3, "padding": "same" }] }, "#
            + #"{ "type": "Concatenate", "inputs": ["residual", "input"] }, \#(Self.conv)"#
        #expect(try read(branches).count(of: "Transpose") == 1)
    }

    @Test func `permutations and reshapes move nothing until somebody must have them moved`() throws {
        let squeezed = try #require(ONNXCase.named("squeeze-and-excite"))
        #expect(try read(squeezed).count(of: "Reshape") == 0)
        let there =
            #"{ "type": "Permute", "dims": [3, 1, 2] }, { "type": "ReLU" }, { "type": "Permute", "dims": [2, 3, 1] }"#
        #expect(try read("\(Self.conv), \(there), \(Self.conv)").count(of: "Transpose") == 1)
    }

    @Test func `what a published network repeats is not written out`() throws {
        let model = try read(try #require(ONNXCase.named("EfficientNetB0")))
        #expect(model.count(of: "Transpose") == 1)
        #expect(model.count(of: "Reshape") + model.count(of: "Expand") == 0)
        #expect(model.count(of: "Conv") == 81)
        #expect(model.nodes.contains { $0.name == "efficientnetb0/block2b_add/Add" })
    }

    @Test func `the names of classes, the experiment's and the tool's are told`() throws {
        let model = try read(try #require(ONNXCase.named("grey")))
        #expect(model.metadata["experiment"] == "grey")
        #expect(model.metadata["tool"] == "mnist-lab")
        let classes = try JSON(parsing: try #require(model.metadata["classes"]))
        #expect(classes.elements?.compactMap(\.text) == ["T-shirt/top", "7, \"seven\"", "é", "3"])
    }

    @Test func `layers that draw random numbers in prediction are refused, all of them by name`() throws {
        let layers =
            #"{ "type": "RandomFlip", "always": true }, { "type": "RandomZoom", "height_factor": 0.1 }, "#
            + #"{ "type": "RandomErasing", "always": true, "name": "holes" }"#
        let error = try #require(throws: ExportError.self) { try read(layers) }
        #expect(
            error.reasons == [
                "layers \"random_flip\", \"holes\" act at random in prediction, too, which no ONNX model can repeat; "
                    + "without \"always\": true only training is random"
            ])
    }

    @Test func `softmax stands behind scores and only there`() throws {
        #expect(try read("").count(of: "Softmax") == 1)
        let inside = try #require(ONNXCase.named("softmax-inside"))
        #expect(try read(inside).count(of: "Softmax") == 1)
        let vote = try #require(ONNXCase.named("vote"))
        #expect(try read(vote).types == ["Flatten", "Gemm", "Softmax", "Gemm", "Softmax", "Add", "Mul"])
    }

    /// Files that ONNX Runtime has judged.
    @Test(arguments: ["conv2d-strides", "squeeze-and-excite", "Maximum-repeated", "permute-rows"])
    func `a file is byte by byte what was judged`(name: String) throws {
        let one = try #require(ONNXCase.named(name))
        let fixture = ONNXCase.folder.appendingPathComponent("\(name).onnx")
        #expect(try [UInt8](Data(contentsOf: fixture)) == ONNX.encode(one.model()))
    }
}
