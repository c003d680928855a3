import Datasets
import Experiments
import Foundation
import Testing

/// The configs of published experiments, which are worth nothing if they are only nearly the published ones.
@Suite struct StudyConfigTests {
    static let library = DataLibrary(fetch: nil)

    static func document(_ name: String) throws -> ConfigDocument {
        try ConfigDocument(reading: ConfigSchemaTests.folder.appending(path: "\(name).json").path)
    }

    /// Every parameter count that a report names, with how many of them are trained.
    static let counts: [(path: String, parameters: Int, trainable: Int)] = [
        ("mnist/warmup", 34_826, 34_826),
        ("mnist/warmup-45", 34_826, 34_826),
        ("mnist/bigger", 130_250, 130_250),
        ("mnist/smaller", 13_610, 13_610),
        ("mnist/smaller-60", 13_610, 13_610),
        ("mnist/mlp", 111_146, 111_146),
        ("mnist/logistic-regression", 7_850, 7_850),
        ("mnist/bigger-batchnorm", 331_754, 330_858),
        ("mnist/smaller-dropout", 108_618, 108_618),
        ("mnist/inspect", 93_322, 93_322),
        ("mnist/changes/transfer", 4_062_381, 12_810),
        ("mnist/changes/transfer-lite", 3_425_834, 12_810),
        ("fashion/mlp-baseline", 7_850, 7_850),
        ("fashion/mlp-final", 610_570, 610_570),
        ("fashion/cnn-depth", 27_434, 27_194),
        ("fashion/cnn-final", 1_562_122, 1_560_330),
    ]

    @Test(arguments: counts)
    func `a network has exactly the parameters of the published one`(path: String, parameters: Int, trainable: Int)
        throws
    {
        let config = try Self.document(path).resolved().config
        let summary = try ModelSummary(config, library: Self.library)
        #expect(summary.parameterCount == parameters)
        #expect(summary.trainableCount == trainable)
    }

    /// How many combinations each sweep tries, and how many trials that makes with seeds and folds.
    static let sweeps: [(path: String, combinations: Int, trials: Int)] = [
        ("sweep", 9, 27),
        ("fashion/mlp-capacity", 5, 15),
        ("fashion/mlp-grid", 30, 30),
        ("fashion/optimizers", 16, 16),
        ("fashion/cnn-baseline", 3, 9),
        ("fashion/cnn-depth", 3, 3),
        ("fashion/cnn-grid", 15, 15),
        ("fashion/cnn-final", 1, 5),
        ("mnist/changes/augmented", 2, 6),
        ("mnist/factors/activation", 5, 15),
        ("mnist/factors/units", 3, 9),
        ("mnist/factors/depth", 3, 9),
        ("mnist/factors/layer-type", 2, 6),
        ("mnist/factors/learning-rate", 5, 15),
        ("mnist/factors/batch-size", 5, 15),
        ("mnist/factors/early-stopping", 4, 12),
        ("mnist/fast-99", 1, 30),
        ("mnist/fast-99-ablation", 9, 90),
        ("mnist/best", 1, 5),
        ("mnist/best-ablation", 7, 21),
        ("fashion/best", 1, 3),
        ("fashion/best-ablation", 9, 27),
    ]

    /// Records are our own, so no published report has their figures.
    static let records: Set = [
        "mnist/fast-99", "mnist/fast-99-ablation", "mnist/best", "mnist/best-ablation", "fashion/best",
        "fashion/best-ablation",
    ]

    @Test(arguments: sweeps)
    func `a sweep tries as many combinations as it should, and the layers of each fit`(
        path: String, combinations: Int, trials: Int
    ) throws {
        let plan = try SweepPlan(of: Self.document(path))
        #expect(Set(plan.trials.map(\.trial.group)).count == combinations)
        #expect(plan.trials.count == trials)
        #expect(plan.duplicates == 0)
        #expect(try plan.costs(library: Self.library).count == trials)
    }

    @Test func `every config with a sweep is in the table of sweeps`() throws {
        let found = try ConfigSchemaTests.configs.map { String($0.dropLast(".json".count)) }
            .filter { try Self.document($0).resolved().config.sweep != nil }
        #expect(Set(found) == Set(Self.sweeps.map(\.path)))
    }

    @Test(arguments: ConfigSchemaTests.configs)
    func `a config says at its head how it is run, and the guide leads to it`(name: String) throws {
        let text = try String(contentsOf: ConfigSchemaTests.folder.appending(path: name), encoding: .utf8)
        let head = text.split(separator: "\n").prefix { $0.hasPrefix("//") }
        let commands = head.filter { $0.hasPrefix("//     mnist-lab") }
        let hasSweep = try Self.document(String(name.dropLast(".json".count))).resolved().config.sweep != nil
        let verbs = hasSweep ? ["train", "sweep"] : ["train"]
        // A template that takes the weights of another run is trained in the folder where that run is, by its built-in name.
        let word = name == "templates/transfer.json" ? "transfer" : "configs/\(name)"
        #expect(commands.contains { line in verbs.contains { line.contains("mnist-lab \($0) \(word)") } })
        let guide = try String(contentsOf: ConfigSchemaTests.folder.appending(path: "README.md"), encoding: .utf8)
        #expect(guide.contains("](\(name))"))
    }

    @Test func `commands in the guide name configs that exist`() throws {
        let guide = try String(contentsOf: ConfigSchemaTests.folder.appending(path: "README.md"), encoding: .utf8)
        let paths = guide.matches(of: #/ configs/([^ *\n]+\.json)\b/#).map { String($0.1) }
        #expect(paths.count >= 15)
        for path in paths { #expect(ConfigSchemaTests.configs.contains(path), "\(path)") }
    }
}
