import Schema
import Tensors
import Testing

@testable import Experiments

/// Whatever layers are said to read, the config is refused with words or recorded.
@Suite struct GraphFuzzTests {
    /// Layers that are drawn, with names and inputs from a few words.
    struct Draw {
        private let source: RandomSource
        private var index = 0

        init(_ number: Int) { source = RandomSource(seed: 7, purpose: "graph", round: number) }

        private mutating func roll(_ count: Int) -> Int {
            index += 1
            return min(Int(Double(source.uniform(at: index)) * Double(count)), count - 1)
        }

        private static let words = ["a", "b", "c", "d", "input", "dropout", "dropout_1", "add", "residual", "x y", ""]
        private static let layers: [JSON] = [
            ["type": "Dropout", "rate": 0.5], ["type": "Dropout", "rate": 0.1],
            ["type": "Activation", "activation": "relu"],
            ["type": "Conv2D", "filters": 1, "kernel_size": 3, "padding": "same"], ["type": "Add"],
            ["type": "Multiply"],
            ["type": "Concatenate"], ["type": "Subtract"], ["type": "Conv2D", "filters": 2, "kernel_size": 3],
        ]

        mutating func layers(depth: Int = 0) -> JSON {
            JSON(.array((0..<1 + roll(4)).map { _ in layer(depth: depth) }))
        }

        private mutating func layer(depth: Int) -> JSON {
            var layer = Self.layers[roll(Self.layers.count)]
            if depth < 3, roll(6) == 0 {
                layer = ["type": "Residual", "layers": layers(depth: depth + 1)]
                if roll(3) == 0 { layer["shortcut"] = layers(depth: depth + 1) }
            }
            // Most words are right, or nothing would ever be recorded.
            if roll(3) == 0 { layer["name"] = JSON(Self.words[roll(roll(4) == 0 ? Self.words.count : 4)]) }
            let isMerging = ["Add", "Multiply", "Concatenate", "Subtract"].contains(layer["type"]?.text)
            if isMerging || roll(4) == 0 {
                let count = isMerging ? 2 : roll(8) == 0 ? roll(3) : 1
                layer["inputs"] = JSON(.array((0..<count).map { _ in JSON(Self.words[roll(8)]) }))
            }
            return layer
        }
    }

    @Test(.timeLimit(.minutes(2))) func `layers that read anything are refused with words, or recorded`() throws {
        var recorded = 0
        for number in 0..<1000 {
            var draw = Draw(number)
            let layers =
                (draw.layers().elements ?? []) + [["type": "GlobalMaxPooling2D"], ["type": "Dense", "units": 10]]
            let config: JSON = [
                "name": "a", "dataset": ["name": "mnist"], "model": ["layers": JSON(.array(layers))],
            ]
            let document = ConfigDocument(Array(config.pretty.utf8), file: "c.json")
            do {
                let resolved = try document.resolved()
                let again = ConfigDocument(Array(resolved.json.pretty.utf8), file: "c.json")
                #expect(try again.resolved().json == resolved.json)
                _ = try ModelSummary(training: resolved.config, library: MisfitPlaceTests.library)
                recorded += 1
            } catch let problems as Problems {
                #expect(!problems.isEmpty)
                // What the wiring allows the recorder finds.
                #expect(!problems.rendered().contains("before this one"), "\(config.compact)")
                #expect(problems.list.allSatisfy { $0.position != nil })
            }
        }
        #expect(recorded > 30)
    }

    /// As many layers as a config may have, wired in every wrong way.
    static let hostile: [(kind: String, layer: @Sendable (Int, Int) -> JSON)] = [
        (
            "each reads the next",
            { index, _ in
                ["type": "Dropout", "rate": 0.1, "name": JSON("n\(index)"), "inputs": [JSON("n\(index + 1)")]]
            }
        ),
        (
            "each reads the last",
            { index, count in
                ["type": "Dropout", "rate": 0.1, "name": JSON("n\(index)"), "inputs": [JSON("n\(count - 1)")]]
            }
        ),
        (
            "none is there",
            { index, _ in
                ["type": "Dropout", "rate": 0.1, "name": JSON("name\(index)"), "inputs": [JSON("nome\(index)x")]]
            }
        ),
        ("all have one name", { _, _ in ["type": "Dropout", "rate": 0.1, "name": "n"] }),
        ("none is read", { _, _ in ["type": "Dropout", "rate": 0.1, "inputs": ["input"]] }),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: hostile.indices)
    func `ten thousand mistakes take no longer than a hundred`(index: Int) {
        let count = ModelSettings.mostLayers
        let layers = (0..<count).map { Self.hostile[index].layer($0, count) }
        let config: JSON = ["name": "a", "dataset": ["name": "mnist"], "model": ["layers": JSON(.array(layers))]]
        let document = ConfigDocument(Array(config.compact.utf8), file: "c.json")
        let start = ContinuousClock.now
        let problems = #expect(throws: Problems.self) { try document.resolved() }
        #expect(problems?.list.count == Problems.most)
        // Seconds even where the tests themselves are not optimized; each with each would be minutes.
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `containers lie in each other as deep as a text may go`() throws {
        func nested(_ depth: Int) -> String {
            depth == 0
                ? #"{ "type": "Activation", "activation": "relu" }"#
                : #"{ "type": "Residual", "layers": [\#(nested(depth - 1))], "shortcut": [] }"#
        }
        let config = try MisfitPlaceTests.config([nested(48)] + MisfitPlaceTests.end)
        let summary = try ModelSummary(training: config, library: MisfitPlaceTests.library)
        #expect(summary.rows.count == 51)
        let deeper = ConfigText("model", #"{ "layers": [\#(nested(49))] }"#).text
        #expect(messages(deeper).contains("more than 100 arrays and objects within each other"))
    }
}
