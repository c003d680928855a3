import Foundation
import Schema
import Testing

@testable import Experiments

/// What the published reports say, as the repository holds it.
@Suite struct CommittedReportTests {
    static let folder = ConfigSchemaTests.folder

    static let loaded = Result { try ReportPlan(reading: folder.appending(path: "reports.jsonc").path) }

    static func plan() throws -> ReportPlan { try loaded.get() }

    /// The rows of a config, in their order.
    static func rows(_ config: String) throws -> [ReportPlan.Row] {
        try plan().studies.flatMap(\.rows).filter { $0.said.config == config }
    }

    @Test func `every config of a study has a row, and nothing else has`() throws {
        let configs = ConfigSchemaTests.configs
            .filter { $0.contains("/") && !$0.hasPrefix("templates/") }.map { String($0.dropLast(".json".count)) }
            .filter { !StudyConfigTests.records.contains($0) }
        #expect(Set(try Self.plan().studies.flatMap(\.rows).map(\.said.config)) == Set(configs))
        #expect(configs.count == 35)
    }

    @Test func `every combination of every sweep is in a row`() throws {
        for (path, combinations, _) in StudyConfigTests.sweeps
        where path.contains("/") && !StudyConfigTests.records.contains(path) {
            let rows = try Self.rows(path).filter { $0.said.runs == nil }
            #expect(rows.reduce(0) { $0 + $1.groups.count } == combinations, "\(path)")
        }
    }

    @Test func `only what needs weights that are not to be had is not run`() throws {
        let rows = try Self.plan().studies.flatMap(\.rows).map(\.said).filter { $0.notRun != nil }
        #expect(rows.map(\.config) == ["mnist/changes/transfer"])
    }

    @Test(arguments: StudyConfigTests.counts)
    func `a report's number of parameters stands beside its network`(
        path: String, parameters: Int, trainable: Int
    ) throws {
        let said = try Self.rows(path).map(\.said)
        #expect(said.contains { $0.parameters == parameters && ($0.trainable ?? parameters) == trainable })
    }

    @Test func `parameters that a row names are those of its network`() throws {
        for row in try Self.plan().studies.flatMap(\.rows) {
            for group in row.groups {
                guard let parameters = row.said.parameters else { continue }
                let config = try ExperimentConfig(from: group.config)
                let summary = try ModelSummary(config, library: StudyConfigTests.library)
                #expect(summary.parameterCount == parameters, "\(row.said.config)")
                #expect(summary.trainableCount == row.said.trainable ?? summary.trainableCount)
            }
        }
    }

    /// Every number that the reports have, by config, in the order of the rows.
    static let figures: [(config: String, numbers: [Double])] = [
        ("mnist/warmup", [0.98]), ("mnist/warmup-45", [25, 0.05]), ("mnist/bigger", [0.98]), ("mnist/smaller", [0.98]),
        ("mnist/smaller-60", [0.98, 0.98]),
        ("mnist/mlp", [0.9729, 0.9734, 0.1086]), ("mnist/logistic-regression", []),
        ("mnist/bigger-batchnorm", [0.9848, 0.9953, 0.9937]), ("mnist/smaller-dropout", [0.98, 0.9927, 0.0227]),
        ("mnist/inspect", [0.9840, 0.9896, 0.9903, 0.9920, 0.9893]),
        ("mnist/changes/baseline", [0.0193, 0.9937, 0.0376, 0.9894, 8]),
        ("mnist/changes/epochs-8", [0.0346, 0.9892, 0.0471, 0.9855]),
        ("mnist/changes/batch-64", [0.0154, 0.9947, 0.0351, 0.9900]),
        ("mnist/changes/learning-rate-0.01", [0.0411, 0.9872, 0.0346, 0.9894]),
        ("mnist/changes/sigmoid", [0.0712, 0.9787, 0.0431, 0.9868]),
        ("mnist/changes/stride-2", [0.0695, 0.9790, 0.0755, 0.9756]),
        ("mnist/changes/augmented", [0.5867, 0.8066, 0.5772, 0.8159, 0.5867, 0.8066, 0.5772, 0.8159]),
        ("mnist/changes/transfer", [0.1730, 0.9470, 0.1620, 0.9459]),
        ("mnist/changes/transfer-lite", [0.1353, 0.9556]),
        ("fashion/mlp-baseline", [0.8751, 0.8626, 0.8487, 0.3573, 0.4038, 0.4362, 60]),
        (
            "fashion/mlp-capacity",
            [0.8880, 0.3227, 0.9008, 0.3007, 0.9072, 0.2912, 0.9018, 0.2966, 0.9058, 0.3020]
        ), ("fashion/mlp-grid", [0.9103, 0.9103]),
        ("fashion/optimizers", [0.9083, 0.9095, 0.902, 0.906, 0.902, 0.906]),
        ("fashion/mlp-final", [0.9603, 0.9093, 0.9036, 0.1111, 0.2926, 0.3168]),
        ("fashion/cnn-baseline", [0.9005, 0.2895, 0.9025, 0.2858, 0.9083, 0.2697]),
        ("fashion/cnn-depth", [0.9158, 0.2350, 0.9235, 0.2165, 0.9253, 0.2096]),
        ("fashion/cnn-grid", [0.9425, 0.9423, 0.9408, 0.9388, 0.9406, 0.9314, 0.9373]),
        ("fashion/cnn-final", [0.9820, 0.9425, 0.9361, 0.0478, 0.2105, 0.2419, 0.9384]),
        ("mnist/factors/activation", [0.9787, 0.9748, 0.9783, 0.9782, 0.9742]),
        ("mnist/factors/units", [0.9738, 0.6221, 0.078, 0.9764, 0.9812]), ("mnist/factors/depth", [0.9786, 0.9774]),
        ("mnist/factors/layer-type", [0.9790, 0.9885]), ("mnist/factors/learning-rate", [0.7648, 0.9789]),
        ("mnist/factors/batch-size", [0.9769, 0.9789, 0.9762]),
        ("mnist/factors/early-stopping", [0.9778, 0.9779, 0.9884, 0.9779, 13, 9]),
    ]

    @Test(arguments: figures)
    func `the figures are those of the reports`(config: String, numbers: [Double]) throws {
        let said = try Self.rows(config).flatMap(\.said.reported).flatMap { reported in
            switch reported.value {
            case .values(let values): values
            case .bounds(let min, let max): [min, max].compactMap(\.self)
            }
        }
        #expect(said == numbers)
    }

    @Test func `every report of figures is in the table of figures`() throws {
        let configs = Set(try Self.plan().studies.flatMap(\.rows).map(\.said.config))
        #expect(configs == Set(Self.figures.map(\.config)))
    }

    @Test func `the script that runs everything knows every config, and where each of its runs is looked for`() throws {
        let script = try String(contentsOf: Self.folder.appending(path: "studies.sh"), encoding: .utf8)
        let runs = script.matches(of: /\n((?:mnist|fashion)\/\S+) (\d+|once|folds|asked)(?=\n)/)
            .map { (config: String($0.1), how: String($0.2)) }
        let folders = runs.map { $0.how == "folds" ? "\($0.config)-folds" : $0.config }
        let rows = try Self.plan().studies.flatMap(\.rows).map(\.said).filter { $0.notRun == nil }
        #expect(Set(folders) == Set(rows.map(\.folder)))
        #expect(folders.count == Set(folders).count)
        for (config, how) in runs {
            let sweep = try StudyConfigTests.document(config).resolved().config.sweep
            #expect(how != "asked" || sweep != nil, "\(config)")
            #expect((sweep?.folds == nil) == (how != "once" && how != "folds"), "\(config)")
        }
    }

    @Test func `the results have everything that the reports have, and say by which command`() throws {
        let page = try String(contentsOf: Self.folder.appending(path: "RESULTS.md"), encoding: .utf8)
        #expect(page.hasPrefix("<!-- Written by: mnist-lab report configs/reports.jsonc "))
        for study in try Self.plan().studies {
            #expect(page.contains("\n## \(study.said.name)\n"))
            for row in study.rows {
                let said = row.said
                #expect(page.contains("| \(said.config) "), "\(said.config)")
                let labels = row.groups.map { said.label(of: $0.values) }
                let isWhole = labels.allSatisfy { page.contains("| \($0) ") }
                #expect(isWhole || page.contains("\(labels.count) combinations "), "\(said.config) \(labels)")
                for text in [said.label, said.why, said.notRun].compactMap(\.self) {
                    #expect(page.contains(text), "\(text)")
                }
            }
            for claim in study.claims { #expect(page.contains("| \(claim.said.claim) "), "\(claim.said.claim)") }
        }
    }

    @Test func `the results are what the kept figures give, to the letter`() throws {
        let page = try String(contentsOf: Self.folder.appending(path: "RESULTS.md"), encoding: .utf8)
        let command = try #require(page.firstMatch(of: /^<!-- Written by: (.+?) -->/)?.1)
        let kept = try KeptFigures(reading: Self.folder.appending(path: "RESULTS.jsonc").path)
        let results = ReportResults(try Self.plan(), runs: "/nowhere", kept: kept)
        #expect(results.misfits.isEmpty)
        #expect(results.kept.text == kept.text)
        let written = results.markdown(command: String(command), pictures: "pictures", figures: "RESULTS.jsonc")
        #expect(written == page)
        for (name, plot) in results.pictures {
            let file = Self.folder.appending(path: "pictures/\(name).svg")
            #expect(try String(contentsOf: file, encoding: .utf8) == plot.svg)
        }
    }
}
