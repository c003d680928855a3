import Foundation
import Schema
import Testing

@testable import Experiments

@Suite struct SweepPlanTests {
    /// What a config says of its sweep, and what its trials are called.
    static let plans: [(sweep: String, names: [String])] = [
        ("{}", ["trial"]),
        (#"{ "grid": { "training.batch_size": [8, 16] } }"#, ["batch_size=8", "batch_size=16"]),
        (
            #"{ "grid": { "training.batch_size": [8, 16], "let.hidden": [[2], [3, 4]] } }"#,
            ["batch_size=8,hidden=2", "batch_size=8,hidden=3-4", "batch_size=16,hidden=2", "batch_size=16,hidden=3-4"]
        ),
        (#"{ "repeats": 3 }"#, ["seed=0", "seed=1", "seed=2"]),
        (#"{ "folds": 2, "repeats": 2 }"#, ["seed=0,fold=0", "seed=0,fold=1", "seed=1,fold=0", "seed=1,fold=1"]),
        (
            #"{ "list": [{ "seed": 3, "training.epochs": 1 }, { "training.optimizer": "adam" }] }"#,
            ["seed=3,epochs=1", "optimizer=adam"]
        ),
        (
            #"{ "grid": { "training.batch_size": [8, 16], "seed": [1, 2] }, "exclude": [{ "seed": 2, "training.batch_size": 16.0 }] }"#,
            ["batch_size=8,seed=1", "batch_size=8,seed=2", "batch_size=16,seed=1"]
        ),
        (
            #"{ "grid": { "training.callbacks": [[], [{ "type": "TerminateOnNaN" }]], "training.shuffle": [false] } }"#,
            ["callbacks=none,shuffle=false", "callbacks=TerminateOnNaN,shuffle=false"]
        ),
        (
            #"{ "grid": { "model.layers[0].type": ["Flatten"], "dataset.validation.fraction": [0.25] } }"#,
            ["type=Flatten,fraction=0.25"]
        ),
    ]

    @Test(arguments: plans.indices)
    func `trials are all combinations, named by what varies`(index: Int) throws {
        #expect(try TinySweep(Self.plans[index].sweep).names == Self.plans[index].names)
    }

    /// Two values that no text of a file's name tells apart, and what their names begin with.
    static let likeValues: [(axis: String, start: String)] = [
        (
            #""training.optimizer": [{ "type": "Adam", "learning_rate": 0.1 }, { "type": "Adam", "learning_rate": 0.1, "beta_1": 0.5 }]"#,
            "optimizer=Adam-0.1"
        ),
        ("\"let.hidden\": [\(Array(1...60)), \(Array(1...61))]", "hidden=1-2-3-"),
    ]

    @Test(arguments: likeValues.indices)
    func `a digest tells trials apart whose values are too long or look alike`(index: Int) throws {
        let sweep = "{ \"grid\": { \(Self.likeValues[index].axis) } }"
        let names = try TinySweep(sweep).names
        #expect(Set(names).count == 2)
        for name in names {
            let parts = name.split(separator: "~")
            #expect(parts.count == 2 && name.utf8.count <= 120, "\(name)")
            #expect(name.hasPrefix(Self.likeValues[index].start) && parts.last?.count == 8, "\(name)")
        }
        #expect(try TinySweep(sweep).names == names)
    }

    @Test func `each trial's config has its values, its seed and its fold`() throws {
        let plan = try TinySweep(
            #"{ "grid": { "let.hidden": [[5, 6]] }, "folds": 3, "repeats": 2 }"#, set: ["seed=7"]
        ).plan
        let last = try #require(plan.trials.last?.config.config)
        #expect(last.model.layers.count == 4)
        #expect(last.seed == 8)
        #expect(last.dataset.validation == .fold(2, of: 3, from: .end))
        #expect(plan.trials.map(\.trial.group) == [0, 0, 0, 0, 0, 0])
    }

    @Test func `what comes to the same experiment is one trial`() throws {
        let plan = try TinySweep(
            #"{ "list": [{ "training.batch_size": 32 }, { "training.shuffle": true }, { "training.shuffle": false }] }"#
        ).plan
        #expect(plan.trials.map(\.trial.name) == ["batch_size=32", "shuffle=false"])
        #expect(plan.duplicates == 1)
        #expect(plan.trials.map(\.trial.group) == [0, 1])
    }

    @Test(arguments: [("0.999", "0.9999", 7), ("0.99", "0.9999", 6), ("1e-4", "0.1", 4), ("0.5", "1.0", 4)])
    func `a narrow range has as many values to draw from as a wide one`(min: String, max: String, digits: Int) throws {
        let axis = #"{ "min": \#(min), "max": \#(max), "log": true }"#
        let plan = try TinySweep(#"{ "random": { "samples": 200, "training.optimizer.learning_rate": \#(axis) } }"#)
            .plan
        #expect(plan.trials.count > 190)
        let lengths = try plan.trials.map { planned in
            let text = try #require(planned.trial.value(at: "training.optimizer.learning_rate")).compact
            return text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.count
        }
        #expect(lengths.max() == digits)
    }

    @Test func `random samples follow from the seed and lie within their bounds`() throws {
        let sweep = """
            { "random": { "samples": 200, "training.optimizer.learning_rate": { "min": 1e-4, "max": 1, "log": true },
              "training.batch_size": { "min": 1, "max": 4 }, "let.hidden": [[1], [2]], "training.epochs": { "min": 1, "max": 64, "log": true } } }
            """
        let plan = try TinySweep(sweep).plan
        #expect(try TinySweep(sweep).names == plan.trials.map(\.trial.name))
        #expect(try TinySweep(sweep, set: ["seed=1"]).names != plan.trials.map(\.trial.name))
        func numbers(_ path: String) throws -> [Double] {
            try plan.trials.map { try Double(from: #require($0.trial.value(at: path))) }
        }
        let rates = try numbers("training.optimizer.learning_rate")
        #expect(rates.allSatisfy { (1e-4...1).contains($0) })
        // Each order of magnitude is as likely as the others.
        for power in [1e-4, 1e-3, 1e-2, 1e-1] {
            #expect((30...70).contains(rates.count { (power..<power * 10).contains($0) }))
        }
        for size in 1...4 {
            #expect((30...70).contains(try numbers("training.batch_size").count { $0 == Double(size) }))
        }
        #expect(try numbers("training.epochs").allSatisfy { (1...64).contains($0) && $0 == $0.rounded() })
        #expect(Set(plan.trials.compactMap { $0.trial.value(at: "let.hidden")?.compact }) == ["[1]", "[2]"])
    }

    @Test func `long names are cut and stay different`() throws {
        let layers = (1...3).map { last in "[\((1...40).map { "\($0 + 100)" }.joined(separator: ", ")), \(last)]" }
        let names = try TinySweep(#"{ "grid": { "let.hidden": [\#(layers.joined(separator: ", "))] } }"#).names
        #expect(Set(names).count == 3)
        #expect(names.allSatisfy { $0.utf8.count <= 120 })
    }

    @Test func `a trial's digest follows from config, data and what decides results, and from nothing else`() throws {
        func digest(_ sweep: String, _ overrides: [String] = []) throws -> String {
            try #require(try TinySweep(sweep, set: overrides).plan.trials.first).trial.digest
        }
        let first = try digest("{}")
        #expect(try digest(#"{ "repeats": 2, "halving": {} }"#) == first)
        #expect(try digest("{}", ["description=other", "expect.test_accuracy.min=0.5"]) == first)
        #expect(try digest("{}", ["seed=1"]) != first)
        #expect(try digest("{}", ["dataset.test_limit=21"]) != first)
    }

    @Test(arguments: [
        #"model.layers[0]={ "type": "EfficientNetLite0", "weights": "FILE" }"#,
        #"model.initial_weights={ "file": "FILE", "strict": false }"#,
    ])
    func `of files of weights a digest knows what is in them, not where they lie`(setting: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "digests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let digests = try [("a", "one"), ("b", "one"), ("c", "two")].map { name, content in
            let file = folder.appending(path: name)
            try Data(content.utf8).write(to: file)
            let sweep = try TinySweep("{}", set: [setting.replacing("FILE", with: file.path)])
            return try #require(sweep.plan.trials.first).trial.digest
        }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
    }

    /// What is wrong with trials, rather than with the sweep's own settings.
    static let faults: [(sweep: String, message: String)] = [
        (
            #"{ "grid": { "training.batch_siz": [1] } }"#,
            #"c.json:7:24: training.batch_siz: unknown key; did you mean "batch_size"?"#
        ),
        (#"{ "grid": { "let.hiden": [1] } }"#, #"c.json:7:24: let.hiden: unknown variable; did you mean "hidden"?"#),
        (
            #"{ "grid": { "training.epochs": [1, -2, 3.5] } }"#,
            """
            c.json:7:47: training.epochs: expected a whole number from 0 to 1000000, found -2
            c.json:7:51: training.epochs: expected a whole number from 0 to 1000000, found 3.5
            """
        ),
        (
            #"{ "list": [{ "model.layers[7].units": 1 }] }"#,
            "c.json:7:25: model.layers: there is no element 7; there are 3 elements, counted from 0"
        ),
        (
            #"{ "grid": { "seed": [1] }, "exclude": [{ "seed": 1 }] }"#,
            "c.json: sweep.exclude: everything is excluded; leave something to try"
        ),
    ]

    @Test(arguments: faults.indices)
    func `what is wrong with a trial is said where it is written`(index: Int) {
        let (sweep, message) = Self.faults[index]
        let problems = #expect(throws: Problems.self) { try TinySweep(sweep) }
        #expect(problems?.rendered() == message)
    }

    @Test func `a config without a sweep has none`() throws {
        let document = ConfigDocument(Array(ConfigText().text.utf8), file: "c.json")
        let problems = #expect(throws: Problems.self) { try SweepPlan(of: document) }
        #expect(problems?.rendered().hasPrefix("c.json: the config has no \"sweep\"") == true)
    }

    @Test func `an override of what varies is refused`() {
        let problems = #expect(throws: Problems.self) {
            try TinySweep(#"{ "grid": { "training.epochs": [1, 2] } }"#, set: ["training.epochs=3"])
        }
        #expect(
            problems?.rendered().contains("--set training.epochs=3: training.epochs: the sweep varies this") == true)
    }

    @Test func `a part of what varies, too, is set behind it, wherever it is said`() throws {
        let optimizers = #""training.optimizer": [{ "type": "Adam" }, { "type": "SGD" }]"#
        let rates = #""training.optimizer.learning_rate": [0.1, 0.2]"#
        for axes in ["\(optimizers), \(rates)", "\(rates), \(optimizers)"] {
            let plan = try TinySweep("{ \"grid\": { \(axes) } }").plan
            let trained = plan.trials.map { trial in
                let optimizer = trial.config.json["training"]?["optimizer"]
                return "\(optimizer?["type"]?.text ?? "") \(optimizer?["learning_rate"]?.compact ?? "")"
            }
            #expect(Set(trained) == ["Adam 0.1", "Adam 0.2", "SGD 0.1", "SGD 0.2"])
        }
    }

    @Test func `an override of a part of what varies is refused, for it would be lost`() {
        let problems = #expect(throws: Problems.self) {
            try TinySweep(
                #"{ "grid": { "training.optimizer": [{ "type": "Adam" }, { "type": "SGD" }] } }"#,
                set: ["training.optimizer.learning_rate=0.5"])
        }
        let message = "the sweep varies training.optimizer, of which this is a part"
        #expect(problems?.rendered().contains(message) == true)
    }

    @Test func `until and folds that vary exclude each other`() {
        let problems = #expect(throws: Problems.self) {
            try TinySweep(
                #"{ "grid": { "dataset.validation.fold": [0, 1] }, "repeats": 4, "until": { "precision": 0.1 } }"#,
                set: [#"dataset.validation={ "folds": 2, "fold": 0 }"#])
        }
        #expect(problems?.rendered().contains("until would take its values for repeats") == true)
        #expect(throws: Never.self) {
            try TinySweep(
                #"{ "grid": { "dataset.validation.fraction": [0.1, 0.5] }, "repeats": 4, "until": { "precision": 0.1 } }"#
            )
        }
    }

    @Test func `folds are a validation part for callbacks and expectations`() throws {
        let callbacks = #"training.callbacks=["EarlyStopping"]"#
        let plan = try TinySweep(
            #"{ "folds": 2 }"#, set: ["dataset.validation=null", callbacks, "expect.val_accuracy.min=0.1"]
        ).plan
        #expect(plan.trials.count == 2)
        // A run of its own would have none.
        #expect(throws: Problems.self) { try plan.base.checkWithoutSweep() }
        #expect(throws: Problems.self) { try TinySweep("{}", set: ["dataset.validation=null", callbacks]) }
    }
}
