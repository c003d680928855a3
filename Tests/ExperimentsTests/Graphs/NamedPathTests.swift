import Reporting
import Schema
import Testing

@testable import Experiments

/// Paths that say a layer's name in place of its index.
@Suite struct NamedPathTests {
    /// Two named convolutions, one of them within a container, and a block whose layers are named by its variable.
    static let text = """
        {
          "name": "a",
          "let": { "blocks": [{ "name": "block1", "rate": 0.1 }, { "name": "block2", "rate": 0.2 }] },
          "dataset": { "name": "synthetic-digits", "train_limit": 20, "test_limit": 10 },
          "model": {
            "layers": [
              { "type": "Conv2D", "name": "conv1", "filters": 2, "kernel_size": 3, "padding": "same" },
              {
                "type": "Residual", "name": "res1",
                "layers": [{ "type": "Conv2D", "name": "conv2", "filters": 2, "kernel_size": 3, "padding": "same" }]
              },
              { "for_each": "$blocks", "as": "b", "layers": [{ "type": "Dropout", "name": "$b.name", "rate": "$b.rate" }] },
              { "type": "Flatten" },
              { "type": "Dense", "name": "head-1", "units": 10 }
            ]
          }
        }
        """

    static func config(_ overrides: [String] = []) throws -> ExperimentConfig {
        let document = ConfigDocument(Array(text.utf8), file: "c.json")
        return try document.resolved(with: overrides.map { try Override(parsing: $0) }).config
    }

    @Test(arguments: [
        ("model.layers[conv1].filters=7", [0], "filters", "7"),
        ("model.layers[conv1].activation=relu", [0], "activation", "\"relu\""),
        ("model.layers[res1].layers[conv2].filters=5", [1, 0], "filters", "5"),
        ("model.layers[1].layers[conv2].strides=2", [1, 0], "strides", "2"),
        ("model.layers[head-1].units=12", [5], "units", "12"),
        ("let.blocks[block2].rate=0.5", [3], "rate", "0.5"),
        ("model[\"layers\"][conv1].name=stem", [0], "name", "\"stem\""),
    ])
    func `an override finds an element by its name`(override: String, indices: [Int], key: String, value: String) throws
    {
        var layer = try Self.config([override]).json["model"]
        for index in indices { layer = layer?["layers"]?[index] }
        #expect(layer?[key]?.compact == value)
    }

    @Test func `layers of a repeated block have the names of its items`() throws {
        let layers = try Self.config().json["model"]?["layers"]?.elements ?? []
        #expect(layers.map { $0["name"]?.text } == ["conv1", "res1", "block1", "block2", nil, "head-1"])
    }

    @Test(arguments: [
        ("a[b]", "a[b]"), ("a[b-1_c].d[2]", "a[b-1_c].d[2]"), ("a[\"b\"]", "a.b"), ("a[\"b c\"]", "a[\"b c\"]"),
        ("a[12]", "a[12]"),
        ("a[B9]", "a[B9]"),
    ])
    func `a way is written as it is read`(text: String, written: String) {
        #expect(Way(text)?.description == written)
    }

    @Test(arguments: ["a[]", "a[b c]", "a[9b]", "a[-b]", "a[_b]", "a[b.c]", "a[é]", "a[b", "[b]", "a[b]c", "a[[b]]"])
    func `what is no name is no way`(text: String) {
        #expect(Way(text) == nil)
    }

    @Test func `names are quoted keys no more than indices are`() {
        #expect(Way("a[b]")?.steps == [.key("a"), .named("b")])
        #expect(Way("a[\"b\"]")?.steps == [.key("a"), .key("b")])
        #expect(Way("a[0]")?.steps == [.key("a"), .element(0)])
    }

    @Test func `variables are taken apart by names, too`() throws {
        let text = Self.text.replacing("\"units\": 10", with: "\"units\": 10, \"activation\": \"$blocks[block3].rate\"")
        #expect(
            messages(text).hasSuffix("\"$blocks\" has no element named \"block3\"; it has 2 elements, counted from 0"))
        let limited = Self.text.replacing("\"$b.rate\"", with: "\"$blocks[block2].rate\"")
        let document = ConfigDocument(Array(limited.utf8), file: "c.json")
        #expect(try document.resolved().config.json["model"]?["layers"]?[2]?["rate"] == 0.2)
    }

    /// What a sweep varies, and what its trials' folders are called.
    static let sweeps: [(sweep: String, names: [String])] = [
        (
            #"{ "grid": { "model.layers[conv1].activation": ["relu", "tanh"] } }"#,
            ["activation=relu", "activation=tanh"]
        ),
        (
            #"{ "grid": { "model.layers[conv1].kernel_size": [1, 3], "model.layers[res1].layers[conv2].kernel_size": [5] } }"#,
            [
                "layers.conv1.kernel_size=1,layers.conv2.kernel_size=5",
                "layers.conv1.kernel_size=3,layers.conv2.kernel_size=5",
            ]
        ),
        (
            #"{ "list": [{ "model.layers[conv1].strides": 1 }, { "let.blocks[block1].rate": 0.5 }] }"#,
            ["strides=1", "rate=0.5"]
        ),
        (
            #"{ "random": { "samples": 1, "model.layers[head-1].units": { "min": 11, "max": 11 } } }"#, ["units=11"]
        ),
        (
            #"{ "grid": { "model.layers[head-1].units": [10, 11] }, "exclude": [{ "model.layers[head-1].units": 11 }] }"#,
            ["units=10"]
        ),
    ]

    static func plan(_ sweep: String, set overrides: [String] = []) throws -> SweepPlan {
        let document = ConfigDocument(
            Array(text.dropLast(2).utf8) + Array(",\n\"sweep\": \(sweep) }".utf8), file: "c.json")
        return try SweepPlan(of: document, with: overrides.map { try Override(parsing: $0) })
    }

    @Test(arguments: sweeps.indices)
    func `sweeps vary what has a name, and folders say it as one word`(index: Int) throws {
        #expect(try Self.plan(Self.sweeps[index].sweep).trials.map(\.trial.name) == Self.sweeps[index].names)
    }

    @Test func `titles of paths are as short as tells names apart`() {
        let paths = ["model.layers[a].units", "model.layers[b].units", "model.layers[0].rate", "seed"]
        let titles = shortPathTitles(paths)
        #expect(paths.map { titles[$0] } == ["layers[a].units", "layers[b].units", "rate", "seed"])
    }

    @Test(arguments: [
        (
            #"{ "grid": { "model.layers[conv3].filters": [1] } }"#, [],
            #"c.json:17:22: model.layers: there is no element named "conv3"; did you mean "conv1"?"#
        ),
        (
            #"{ "grid": { "model.layers[conv1].filters": [1], "model.layers[0].filters": [2] } }"#, [],
            "c.json:17:58: model.layers[0].filters: this is model.layers[conv1].filters, which varies already; leave one out"
        ),
        (
            #"{ "grid": { "model.layers[conv1].activation": ["relu"] } }"#, ["model.layers[0].activation=tanh"],
            "--set model.layers[0].activation=tanh: model.layers[0].activation: the sweep varies this; leave it out, or set the sweep's values"
        ),
        (
            #"{ "grid": { "model.layers[conv1].activation": ["relu"] }, "exclude": [{ "model.layers[conv2].activation": "relu" }] }"#,
            [],
            #"c.json:17:82: model.layers[conv2].activation: nothing of this name varies; did you mean "model.layers[conv1].activation"?"#
        ),
    ])
    func `what is wrong with a named axis is said once`(sweep: String, overrides: [String], message: String) {
        let problems = #expect(throws: Problems.self) { try Self.plan(sweep, set: overrides) }
        #expect(problems?.rendered() == message)
    }
}
