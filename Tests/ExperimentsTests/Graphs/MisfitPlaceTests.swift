import Datasets
import Layers
import Schema
import Testing

@testable import Experiments

/// Shapes that do not fit are said where their layer was written.
@Suite struct MisfitPlaceTests {
    static let library = DataLibrary(fetch: nil)

    static func config(_ layers: [String], file: String = "c.json") throws -> ExperimentConfig {
        let text = ConfigText("model", "{ \"layers\": [\n\(layers.joined(separator: ",\n"))\n] }").text
        return try ConfigDocument(Array(text.utf8), file: file).resolved().config
    }

    static let end = [#"{ "type": "Flatten" }"#, #"{ "type": "Dense", "units": 10 }"#]
    static let conv = #"{ "type": "Conv2D", "filters": 8, "kernel_size": 3, "padding": "same" }"#

    /// The first layer stands in line 5.
    static let misfits: [(layers: [String], message: String)] = [
        (
            [conv, conv.replacing("8", with: "4"), #"  { "type": "Add", "inputs": ["conv2d", "conv2d_1"] }"#] + end,
            "c.json:7:3: model.layers[2]: add: cannot be merged: lengths must be equal, or 1 [(28, 28, 8), (28, 28, 4)]"
        ),
        (
            [#"{ "type": "Residual", "layers": [\#(conv)] }"#] + end,
            """
            c.json:5:1: model.layers[0]: residual: the layers and the shortcut produce different shapes; layers in "shortcut" can make \
            them equal [(28, 28, 8), (28, 28, 1)]
            """
        ),
        (
            [#"{ "type": "Residual", "layers": [\#n{ "type": "Residual", "layers": [\#n  \#(conv)] }] }"#] + end,
            """
            c.json:6:1: model.layers[0].layers[0]: residual_1: the layers and the shortcut produce different shapes; layers in "shortcut" \
            can make them equal [(28, 28, 8), (28, 28, 1)]
            """
        ),
        (
            [
                #"{ "type": "Residual", "layers": [{ "type": "Activation", "activation": "relu" }], "shortcut": ["#
                    + "\n\(conv.replacing("3", with: "99").replacing("same", with: "valid"))] }"
            ] + end,
            """
            c.json:6:1: model.layers[0].shortcut[0]: conv2d: the kernel is larger than the image; a smaller kernel_size or \
            padding "same" fits [(99, 99, 1, 8), (28, 28, 1)]
            """
        ),
        (
            [#"{ "for_each": [1, 1, 1], "layers": [\#n{ "type": "MaxPooling2D", "pool_size": 4 }] }"#] + end,
            """
            c.json:6:1: model.layers[2]: max_pooling2d_2: the pool is larger than the image; a smaller pool_size or padding \
            "same" fits [(4, 4), (1, 1, 1)]
            """
        ),
        (
            [conv, #"{ "type": "Dense", "name": "head", "units": 10 }"#],
            "c.json:6:1: model.layers[1]: head: takes one row of features; put Flatten or a global pooling before it [(28, 28, 8)]"
        ),
        (
            [conv],
            """
            c.json:5:1: model.layers[0]: conv2d: must be one row of classes at the end; Flatten or a global pooling makes an \
            image one row [(28, 28, 8)]
            """
        ),
        (
            [end[0], #"{ "type": "Dense", "units": 9 }"#],
            "c.json:6:1: model.layers[1]: dense: tells 9 classes apart, but the data set has 10 [(9,)]"
        ),
        (
            [conv, conv.replacing("3", with: #"3, "groups": 4"#).replacing("8", with: "12"), conv]
                + [#"{ "type": "Conv2D", "filters": 6, "kernel_size": 3, "groups": 3 }"#] + end,
            """
            c.json:8:1: model.layers[3]: conv2d_3: 3 groups do not divide the channels of its images, of which there are 8; a \
            divisor of both channels and filters fits [(28, 28, 8)]
            """
        ),
    ]

    static func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return (error as? Problems)?.rendered() ?? "no place: \(error)"
        }
    }

    @Test(arguments: misfits.indices)
    func `a layer that does not fit is named with its place`(index: Int) throws {
        let (layers, message) = Self.misfits[index]
        let config = try Self.config(layers)
        #expect(Self.message { _ = try ModelSummary(training: config, library: Self.library) } == message)
        // The data of a known set are nowhere, and not asked for.
        #expect(Self.message { _ = try Experiment(config, library: Self.library, threads: 1) } == message)
    }

    @Test func `a model may tell more classes apart than there are`() throws {
        let more = try Self.config([Self.end[0], #"{ "type": "Dense", "units": 11 }"#])
        #expect(try ModelSummary(training: more, library: Self.library).parameterCount == 785 * 11)
    }

    @Test(arguments: ["10", "256"])
    func `a weight of a class that there is not is shown where it was written`(number: String) throws {
        let text = ConfigText("training", "{ \"class_weight\": { \"3\": 2, \"\(number)\": 5 } }").text
        let config = try ConfigDocument(Array(text.utf8), file: "c.json").resolved().config
        let message = Self.message { _ = try ModelSummary(training: config, library: Self.library) }
        let column = 45 + number.count
        #expect(
            message
                == "c.json:5:\(column): training.class_weight.\(number): there is no class \(number): the model tells 10 "
                + "classes apart; classes are 0 to 9")
    }

    @Test func `an override's layer is shown where it was typed`() throws {
        let document = ConfigDocument(Array(ConfigText().text.utf8), file: "c.json")
        let config = try document.resolved(with: [Override(parsing: #"model.layers[0]={"type":"Rescaling","scale":2}"#)]
        ).config
        #expect(
            Self.message { _ = try ModelSummary(config, library: Self.library) }.hasPrefix(
                "c.json:4:46: model.layers[1]: dense: takes one row of features"))
        let other = try document.resolved(with: [Override(parsing: #"model.layers[1]={"type":"Dense","units":9}"#)])
            .config
        #expect(
            Self.message { _ = try ModelSummary(training: other, library: Self.library) }.hasPrefix(
                #"--set model.layers[1]={"type":"Dense","units":9}: model.layers[1]: dense: tells 9 classes apart"#))
    }

    @Test(arguments: [
        (
            #""grid": { "model.layers[a].filters": [8, 4] }"#,
            "c.json:7:1: model.layers[2]: in trial filters=4: add: cannot be merged: lengths must be equal, or 1 [(28, 28, 4), (28, 28, 8)]"
        ),
        (
            #""grid": { "model.layers[4].units": [10, 9] }"#,
            "c.json:9:1: model.layers[4]: in trial units=9: dense: tells 9 classes apart, but the data set has 10 [(9,)]"
        ),
        (
            "",
            "c.json:9:1: model.layers[4]: dense: tells 9 classes apart, but the data set has 10 [(9,)]"
        ),
    ])
    func `a trial that does not fit is named too, if anything varies`(sweep: String, message: String) throws {
        let layers =
            [
                Self.conv.replacing("{ \"type\"", with: "{ \"name\": \"a\", \"type\""), Self.conv,
                #"{ "type": "Add", "inputs": ["a", "conv2d"] }"#,
            ] + Self.end.map { sweep.isEmpty ? $0.replacing("10", with: "9") : $0 }
        let text = ConfigText("model", "{ \"layers\": [\n\(layers.joined(separator: ",\n"))\n] }").text.dropLast(2)
        let document = ConfigDocument(Array("\(text), \"sweep\": { \(sweep) } }".utf8), file: "c.json")
        let plan = try SweepPlan(of: document)
        #expect(Self.message { _ = try plan.costs(library: Self.library) } == message)
    }

    @Test func `every recorded layer is found where it was written`() throws {
        let config = try Self.config(
            [
                Self.conv,
                #"{ "type": "Residual", "layers": [\#(Self.conv), { "type": "Residual", "name": "r", "layers": [\#(Self.conv)] }], "shortcut": [\#(Self.conv)] }"#,
                #"{ "type": "Residual", "layers": [{ "for_each": [1, 2], "layers": [\#(Self.conv)] }] }"#,
                Self.conv.replacing("{ \"type\"", with: "{ \"name\": \"conv2d_2\", \"type\""),
            ] + Self.end)
        let rows = try ModelSummary(config, library: Self.library).rows
        #expect(rows.count == 12)
        for row in rows {
            let place = try #require(config.model.layers.place(named: row.name))
            #expect(place.json["type"]?.text == row.type)
            if let name = place.json["name"]?.text { #expect(name == row.name) }
        }
        #expect(config.model.layers.place(named: "conv2d_2")?.path.description == "model.layers[3]")
        #expect(config.model.layers.place(named: "conv2d_4")?.path.description == "model.layers[1].shortcut[0]")
        #expect(config.model.layers.place(named: "nobody") == nil)
    }
}
