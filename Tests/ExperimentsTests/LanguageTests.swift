import Experiments
import Schema
import Testing

@Suite struct LanguageTests {
    /// The resolved config of a text.
    static func resolve(_ text: String, set overrides: [String] = []) throws -> JSON {
        let document = ConfigDocument(Array(text.utf8), file: "c.json")
        return try document.resolved(with: overrides.map { try Override(parsing: $0) }).json
    }

    /// The layers of a resolved config as a line: `Dense 512, Dropout 0.25`.
    static func layers(_ model: String, where variables: String = "{}", set overrides: [String] = []) throws -> String {
        let text = """
            { "name": "a", "dataset": { "name": "mnist" }, "let": \(variables), "model": { "layers": \(model) } }
            """
        let layers = try resolve(text, set: overrides)["model"]?["layers"]?.elements ?? []
        return layers.map { layer in
            let figures = ["filters", "kernel_size", "units", "rate", "activation"].compactMap { layer[$0]?.compact }
            return ([layer["type"]?.text ?? ""] + figures).joined(separator: " ")
        }.joined(separator: ", ").replacing(#" "linear""#, with: "").replacing("\"", with: "")
    }

    static let mlp = """
        [
          { "type": "Flatten" },
          {
            "for_each": "$hidden", "as": "units",
            "layers": [
              { "type": "Dense", "units": "$units", "activation": "relu" },
              { "type": "Dropout", "rate": "$drop" },
            ],
          },
          { "type": "Dense", "units": 10 },
        ]
        """

    @Test(arguments: [
        ("[512, 256]", "Flatten, Dense 512 relu, Dropout 0.25, Dense 256 relu, Dropout 0.25, Dense 10"),
        ("[768]", "Flatten, Dense 768 relu, Dropout 0.25, Dense 10"),
        ("[]", "Flatten, Dense 10"),
    ])
    func `a block is repeated for every element of a list`(hidden: String, layers: String) throws {
        let variables = #"{ "hidden": \#(hidden), "drop": 0.25 }"#
        #expect(try Self.layers(Self.mlp, where: variables) == layers)
        let defaults = #"{ "hidden": [1], "drop": 0.25 }"#
        #expect(try Self.layers(Self.mlp, where: defaults, set: ["let.hidden=\(hidden)"]) == layers)
    }

    static let blocks: [(String, String, String)] = [
        (
            #"[{ "for_each": [8, 16], "as": "n", "layers": [{ "type": "Dense", "units": "$n" }] }]"#, "{}",
            "Dense 8, Dense 16"
        ),
        (
            #"[{ "for_each": [{ "f": 8, "k": [3, 5] }, { "f": 4, "k": 1 }], "as": "b", "layers": [{ "type": "Conv2D", "filters": "$b.f", "kernel_size": "$b.k" }] }]"#,
            "{}", "Conv2D 8 [3,5], Conv2D 4 1"
        ),
        (
            #"[{ "for_each": "$stages", "as": "s", "layers": [{ "for_each": "$s", "as": "n", "layers": [{ "type": "Dense", "units": "$n" }] }, { "type": "Flatten" }] }]"#,
            #"{ "stages": [[1, 2], [], [3]] }"#, "Dense 1, Dense 2, Flatten, Flatten, Dense 3, Flatten"
        ),
        (
            #"[{ "for_each": [1, 2], "layers": [{ "type": "Flatten" }] }]"#, "{}", "Flatten, Flatten"
        ),
        (
            #"[{ "for_each": [[8, 3]], "as": "b", "layers": [{ "type": "Conv2D", "filters": "$b[0]", "kernel_size": "$b[1]" }] }]"#,
            "{}", "Conv2D 8 3"
        ),
        (#""$all""#, #"{ "all": [{ "type": "Dense", "units": "$n" }], "n": 7 }"#, "Dense 7"),
        (
            #"["$first", "$first"]"#, #"{ "first": { "type": "Dense", "units": "$n.a[1]" }, "n": { "a": [1, 2] } }"#,
            "Dense 2, Dense 2"
        ),
        (
            #"[{ "for_each": "$both", "as": "n", "layers": [{ "type": "Dense", "units": "$n" }] }]"#,
            #"{ "both": ["$a", "$b"], "b": "$a", "a": 3 }"#, "Dense 3, Dense 3"
        ),
        (
            #""$blocks""#,
            #"{ "blocks": [{ "for_each": [1, 2], "as": "n", "layers": [{ "type": "Dense", "units": "$n" }] }] }"#,
            "Dense 1, Dense 2"
        ),
    ]

    @Test(arguments: blocks)
    func `variables stand for whole values or parts of them`(model: String, variables: String, layers: String) throws {
        #expect(try Self.layers(model, where: variables) == layers)
    }

    @Test(arguments: [
        #"{ "hidden": [{ "for_each": [64, 32], "as": "units", "layers": ["$block"] }], "block": { "type": "Dense", "units": "$units" } }"#,
        #"{ "block": { "type": "Dense", "units": "$units" }, "hidden": [{ "for_each": [64, 32], "as": "units", "layers": ["$block"] }] }"#,
    ])
    func `a definition knows nothing of the loops around its use, in whichever order it stands`(variables: String) {
        let problems = #expect(throws: Problems.self) { try Self.layers(#""$hidden""#, where: variables) }
        #expect(problems?.rendered().contains(#"unknown variable "$units""#) == true)
    }

    @Test func `definitions may use one name for their own loops`() throws {
        let variables = #"""
            { "inner": [{ "for_each": [1, 2], "as": "u", "layers": [{ "type": "Dense", "units": "$u" }] }],
              "outer": [{ "for_each": [3], "as": "u", "layers": [{ "type": "Dense", "units": "$u" }, "$inner[0]"] }] }
            """#
        #expect(try Self.layers(#""$outer""#, where: variables) == "Dense 3, Dense 1")
    }

    @Test func `a text that begins with a dollar is written with two`() throws {
        let resolved = try Self.resolve(ConfigText("description", #""$$5 off""#).text)
        #expect(resolved["description"] == "$$5 off")
        let config = try ConfigDocument(Array(resolved.pretty.utf8), file: "c.json").resolved().config
        #expect(config.description == "$5 off")
    }

    @Test func `a variable's fault is shown where the variable is defined`() {
        let text = """
            {
              "let": { "drop": 2 },
              "name": "a", "dataset": { "name": "mnist" },
              "model": { "layers": [{ "type": "Dropout", "rate": "$drop" }] }
            }
            """
        #expect(
            messages(text)
                == "c.json:2:20: model.layers[0].rate: expected a number of at least 0 and below 1, found 2")
    }

    /// A config that is short to write and long to expand.
    enum Hostile: CaseIterable {
        case tensOfTens, longChain, manyLayers, emptyBlocks, longTexts

        var variables: [String] {
            let thousand = [String](repeating: "0", count: 1000).joined(separator: ",")
            switch self {
            case .tensOfTens:
                let uses = { (n: Int) in [String](repeating: "\"$a\(n)\"", count: 10).joined(separator: ",") }
                return [#""a0": [1]"#] + (1...60).map { "\"a\($0)\": [\(uses($0 - 1))]" }
            case .longChain: return (1...10_000).map { "\"a\($0)\": \"$a\($0 - 1)\"" }.reversed() + [#""a0": 1"#]
            case .manyLayers, .emptyBlocks: return ["\"n\": [\(thousand)]"]
            case .longTexts:
                let uses = [String](repeating: #""$t""#, count: 1000).joined(separator: ",")
                return ["\"t\": \"\(String(repeating: "x", count: 100_000))\"", "\"l\": [\(uses)]"]
            }
        }

        var layers: String {
            switch self {
            case .tensOfTens: #""$a60""#
            case .longChain: #""$a10000""#
            case .manyLayers: Self.nested([#"{ "type": "Flatten" }"#], times: 2)
            case .emptyBlocks: Self.nested([], times: 4)
            case .longTexts: #""$l""#
            }
        }

        var message: String {
            switch self {
            case .tensOfTens, .emptyBlocks, .longTexts: "variables and blocks make the config larger than 16 MiB here"
            case .longChain: "more than 100 arrays, objects and variables within each other"
            case .manyLayers: "blocks make more than 10000 layers here"
            }
        }

        private static func nested(_ layers: [String], times: Int) -> String {
            guard times > 0 else { return "[\(layers.joined(separator: ","))]" }
            return #"[{ "for_each": "$n", "layers": \#(nested(layers, times: times - 1)) }]"#
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Hostile.allCases)
    func `a few lines cannot ask for more than a machine has`(hostile: Hostile) {
        let variables = hostile.variables.joined(separator: ",")
        let text = """
            { "name": "a", "dataset": { "name": "mnist" }, "let": { \(variables) }, "model": { "layers": \(hostile.layers) } }
            """
        #expect(messages(text).contains(hostile.message))
    }

    @Test func `ten thousand layers are allowed`() throws {
        let numbers = [String](repeating: "1", count: 100).joined(separator: ",")
        let inner = #"{ "for_each": "$n", "layers": [{ "type": "Flatten" }] }"#
        let layers = try Self.layers(
            #"[{ "for_each": "$n", "layers": [\#(inner)] }]"#, where: #"{ "n": [\#(numbers)] }"#)
        #expect(layers.split(separator: ",").count == 10_000)
    }

    @Test func `words are understood in any case, with any hyphens and underscores, and written as Keras does`() throws
    {
        let text = """
            { "name": "a", "dataset": { "name": "fashion_mnist", "validation": { "fraction": 0.1, "from": "END" } },
              "model": { "layers": [
                { "type": "conv2d", "filters": 1, "kernel_size": 3, "padding": "SAME", "activation": "ReLU" },
                { "type": "max_pooling_2d" }, { "type": "flatten" },
                { "type": "dense", "units": 10, "activation": "Softmax", "kernel_initializer": "he-normal" } ] },
              "training": {
                "optimizer": { "type": "ADAM", "learning_rate": {
                  "type": "cosine_decay", "initial_learning_rate": 0.1, "decay_steps": 9 } },
                "callbacks": [{ "type": "early_stopping", "monitor": "VAL_LOSS" }, "terminate-on-nan"] } }
            """
        let json = try ConfigDocument(Array(text.utf8), file: "c.json").resolved().json.compact
        for word in [
            "fashion-mnist", "end", "Conv2D", "same", "relu", "MaxPooling2D", "Flatten", "Dense", "softmax", "HeNormal",
            "Adam", "CosineDecay", "EarlyStopping", "TerminateOnNaN", "val_loss",
        ] {
            #expect(json.contains("\"\(word)\""), "\(word): \(json)")
        }
    }
}
