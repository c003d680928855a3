import Datasets
import Exchange
import Experiments
import Foundation
import Layers
import Machine
import Reporting
import Schema
import Testing

/// Trainings in parts: which layers learn when.
@Suite struct PhaseTests {
    private static func config(_ training: String, layers: String = #"{ "type": "Flatten" }"#) -> String {
        """
        { "name": "phased", "dataset": { "name": "synthetic-digits", "train_limit": 200, "test_limit": 50 },
          "model": { "layers": [ \(layers), { "type": "Dense", "units": 12, "name": "hidden", "activation": "relu" },
                                 { "type": "Dense", "units": 10, "name": "head" } ] },
          "training": { "batch_size": 32, "shuffle": false, \(training) } }
        """
    }

    private static func resolved(_ text: String) throws -> ResolvedConfig {
        try ConfigDocument(Array(text.utf8), file: "phased.json").resolved()
    }

    private static func weights(_ experiment: Experiment) -> [String: [Float]] {
        let parameters = experiment.network.parameters
        return Dictionary(
            uniqueKeysWithValues: parameters.all.map { ($0.name, parameters.values(of: $0)) })
    }

    private static func trained(_ training: String, weights: String? = nil) throws -> Experiment {
        var config = try resolved(config(training)).config
        config.model.initialWeights = weights.map { InitialWeights($0) }
        let experiment = try Experiment(config, library: DataLibrary(), threads: 2)
        #expect(try experiment.train(observers: [], shouldPause: { false }) == .completed)
        return experiment
    }

    @Test func `phases are trainings one after the other, each with the weights of the one before`() throws {
        let folder = try TemporaryFolder()
        let together = try Self.trained(
            #""phases": [{ "epochs": 2, "learn": ["head"] }, { "epochs": 3, "optimizer": "SGD" }]"#)
        let first = try Self.trained(#""phases": [{ "epochs": 2, "learn": ["head"] }]"#)
        let path = "\(folder.path)/first.safetensors"
        let parameters = first.network.parameters
        try AtomicFile.write(
            Safetensors(weights: parameters.all, values: { parameters.values(of: $0) }).bytes, to: path)
        let second = try Self.trained(#""epochs": 3, "optimizer": "SGD""#, weights: path)
        #expect(Self.weights(together) == Self.weights(second))
        #expect(together.training.state.history.map(\.epoch) == [0, 1, 2, 3, 4])
        #expect(
            together.training.state.history.map(\.loss)
                == first.training.state.history.map(\.loss) + second.training.state.history.map(\.loss))
    }

    @Test func `that a phase ended early is known at the end`() throws {
        let phases = #"""
            "callbacks": [{ "type": "EarlyStopping", "monitor": "loss", "patience": 1, "min_delta": 9 }],
            "phases": [{ "epochs": 6 }, { "epochs": 1 }]
            """#
        let experiment = try Self.trained(phases)
        #expect(experiment.training.state.history.count < 7)
        let result = try experiment.evaluate()
        #expect(result.json["stop_reason"]?.text?.contains("loss") == true)
        #expect(
            try Self.trained(#""phases": [{ "epochs": 1 }, { "epochs": 1 }]"#).evaluate().json["stopped_early"] == false
        )
    }

    @Test func `a finished run is judged by the penalties of its last phase`() throws {
        let folder = try TemporaryFolder()
        for (name, phases) in [
            ("a", #"{ "epochs": 1, "learn": ["head"] }, { "epochs": 1 }"#),
            ("b", #"{ "epochs": 1 }, { "epochs": 1, "learn": ["head"] }"#),
        ] {
            let text = Self.config(#""phases": [\#(phases)]"#)
                .replacing(#""name": "hidden","#, with: #""name": "hidden", "kernel_regularizer": "L2","#)
            let resolved = try Self.resolved(text)
            let experiment = try Experiment(resolved.config, library: DataLibrary(), threads: 1)
            let run = try TrainingRun(
                experiment, resolved: resolved.json,
                in: RunDirectory(path: "\(folder.path)/\(name)", resuming: false),
                provenance: Provenance(
                    version: "1", command: [], threads: Grant(1, by: .machine), data: experiment.data))
            _ = try run.train(observers: []) { false }
            let result = try run.finish()
            let finished = try FinishedRun(at: "\(folder.path)/\(name)")
            let again = try finished.experiment(resolved.config, library: DataLibrary(), threads: 1)
            #expect(try again.evaluate().test.loss == result.test.loss)
        }
    }

    @Test func `what a phase does not name keeps its weights`() throws {
        let untrained = try Experiment(
            Self.resolved(Self.config(#""epochs": 1"#)).config, library: DataLibrary(), threads: 1)
        let before = Self.weights(untrained)
        for (learn, changed) in [("head", ["head/bias", "head/kernel"]), ("h*n", ["hidden/bias", "hidden/kernel"])] {
            let after = Self.weights(try Self.trained(#""phases": [{ "epochs": 1, "learn": ["\#(learn)"] }]"#))
            #expect(before.keys.filter { before[$0] != after[$0] }.sorted() == changed)
        }
    }

    @Test(arguments: [
        (["*"], "conv2d_1", false, true), (["conv*"], "conv2d_1", false, true), (["conv*"], "dense", false, false),
        (["dense"], "dense_1", false, false), (["*", "!*_bn"], "block1_bn", true, false),
        (["block*"], "dense", true, true),
        (["b*k*n"], "block1a_bn", false, true), (["!*"], "dense", true, false), (["a*a"], "a", false, false),
        (["*a*a*"], "aba", false, true), (["*a*a*"], "ab", false, false), (["!*", "dense"], "dense", false, true),
    ])
    func `the last pattern that fits a name decides`(
        patterns: [String], name: String, outer: Bool, isSelected: Bool
    ) {
        #expect(LayerSelection(patterns).selects(name, within: outer) == isSelected)
    }

    @Test(arguments: [
        (
            #""epochs": 4, "phases": [{ "epochs": 3 }]"#,
            "phased.json:4:63: training.epochs: the phases have 3 epochs together, and not 4; leave \"epochs\" out, or change the phases"
        ),
        (
            #""phases": [{ "epochs": 3, "learn": ["hiden", "head"] }]"#,
            "phased.json:4:88: training.phases[0].learn: there is no layer called \"hiden\"; did you mean \"hidden\"?"
        ),
        (
            #""phases": [{ "learn": ["head"] }]"#,
            "phased.json:4:64: training.phases[0]: missing key \"epochs\"; it says how often every image is seen"
        ),
        (
            #""phases": [{ "epochs": 0 }]"#,
            "phased.json:4:76: training.phases[0].epochs: expected a whole number from 1 to 1000000, found 0"
        ),
    ])
    func `phases that cannot be are refused with their place`(training: String, message: String) throws {
        let problems = #expect(throws: Problems.self) {
            let config = try Self.resolved(Self.config(training)).config
            _ = try ModelSummary(training: config, library: DataLibrary())
        }
        #expect(problems?.rendered() == message)
    }

    @Test func `a config with phases resolves to itself`() throws {
        let text = #""phases": [{ "epochs": 2, "learn": ["head"] }, { "epochs": 3, "optimizer": "SGD" }], "mixup": 0.2"#
        let json = try Self.resolved(Self.config(text)).json
        #expect(json["training"]?["epochs"] == 5)
        #expect(try Self.resolved(json.compact).json == json)
    }
}
