import Datasets
import Schema
import Testing

@testable import Experiments

/// Summaries of models that branch, and of chains, which look as they always did.
@Suite struct GraphSummaryTests {
    static func summary(_ layers: [String]) throws -> ModelSummary {
        try ModelSummary(MisfitPlaceTests.config(layers), library: MisfitPlaceTests.library)
    }

    static let conv = MisfitPlaceTests.conv

    @Test func `what is read is a column where it is not always the row before`() throws {
        let summary = try Self.summary(
            [
                Self.conv.replacing("{ \"type\"", with: "{ \"name\": \"stem\", \"type\""), Self.conv,
                #"{ "type": "Add", "inputs": ["stem", "conv2d"] }"#,
                #"{ "type": "Residual", "layers": [\#(Self.conv)], "shortcut": [{ "type": "Activation", "activation": "relu" }] }"#,
                #"{ "type": "Dropout", "rate": 0.5, "inputs": ["residual"] }"#,
                #"{ "type": "Concatenate", "inputs": ["dropout", "input"] }"#,
            ] + MisfitPlaceTests.end)
        #expect(
            summary.text().split(separator: "\n")[1...12].joined(separator: "\n") == """
                Layer (type)               Output shape  Parameters  Connected to
                ─────────────────────────  ────────────  ──────────  ────────────────────
                stem (Conv2D)              (28, 28, 8)           80
                conv2d (Conv2D)            (28, 28, 8)          584
                add (Add)                  (28, 28, 8)            0  stem, conv2d
                conv2d_1 (Conv2D)          (28, 28, 8)          584
                activation (Activation)    (28, 28, 8)            0  add
                residual (Residual)        (28, 28, 8)            0  conv2d_1, activation
                dropout (Dropout)          (28, 28, 8)            0
                concatenate (Concatenate)  (28, 28, 9)            0  dropout, input
                flatten (Flatten)          (7056,)                0
                dense (Dense)              (10,)             70,570
                """)
        let layers = summary.json["layers"]?.elements ?? []
        #expect(
            layers.map { $0["inputs"]?.compact } == [
                nil, nil, #"["stem","conv2d"]"#, nil, #"["add"]"#, #"["conv2d_1","activation"]"#, nil,
                #"["dropout","input"]"#,
                nil, nil,
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func `thousands of layers take time in proportion`() throws {
        func seconds(_ count: Int) throws -> Double {
            let chain =
                #"{ "for_each": [\#(Array(repeating: "1", count: count).joined(separator: ","))], "#
                + #""layers": [{ "type": "Dense", "units": 10 }] }"#
            let config = try MisfitPlaceTests.config([MisfitPlaceTests.end[0], chain])
            var summary: ModelSummary?
            let taken = try ContinuousClock().measure {
                summary = try ModelSummary(config, library: MisfitPlaceTests.library)
            }
            #expect(summary?.json["layers"]?.elements?.count == count + 1)
            #expect(summary?.text().split(separator: "\n").count ?? 0 > count)
            return taken / .seconds(1)
        }
        _ = try seconds(10)
        // Eight times as many take eight times as long, and not 64 times; a machine that is busy is forgiven something.
        let (few, many) = try (seconds(250), seconds(2000))
        #expect(many < 30 * max(few, 0.02), "\(few) s, \(many) s")
    }

    @Test func `operations of frozen layers count for every step where one epoch is all, and otherwise once`() throws {
        func summary(epochs: Int) throws -> ModelSummary {
            let frozen = #"{ "type": "Dense", "units": 100, "trainable": false }"#
            var config = try MisfitPlaceTests.config([MisfitPlaceTests.end[0], frozen, MisfitPlaceTests.end[1]])
            config.training.epochs = epochs
            return try ModelSummary(config, library: MisfitPlaceTests.library)
        }
        let (one, two) = try (summary(epochs: 1), summary(epochs: 2))
        let features = try Int(from: #require(two.json["flops_per_image"]?["features"]))
        #expect(features >= 2 * 784 * 100)
        #expect(one.trainingFlops == two.trainingFlops + features)
        #expect(one.json["flops_per_image"]?["features"] == nil && !one.text().contains("features, once"))
    }

    @Test func `a chain has neither column nor key, though it says its inputs`() throws {
        let plain = try Self.summary([Self.conv] + MisfitPlaceTests.end)
        let said = try Self.summary(
            [
                Self.conv.replacing(" }", with: #", "inputs": ["input"] }"#),
                #"{ "type": "Flatten", "inputs": ["conv2d"] }"#,
                MisfitPlaceTests.end[1],
            ])
        #expect(!plain.text().contains("Connected to"))
        #expect(plain.json["layers"]?.elements?.allSatisfy { $0["inputs"] == nil } == true)
        #expect(said.text() == plain.text() && said.json == plain.json)
    }
}
