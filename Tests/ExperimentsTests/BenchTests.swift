import Foundation
import Schema
import Testing

@testable import Experiments

@Suite struct BenchTests {
    static let configs = [
        ("mnist/warmup", 34_826), ("mnist/smaller", 13_610), ("mnist/bigger", 130_250), ("mnist/mlp", 111_146),
        ("mnist/bigger-batchnorm", 331_754), ("fashion/mlp-final", 610_570), ("fashion/cnn-final", 1_562_122),
    ]

    static func model(_ name: String) throws -> BenchModel {
        try #require(BenchModel.all().first { $0.name == name })
    }

    @Test(arguments: configs)
    func `the models that are measured are those of the configs`(file: String, parameters: Int) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appendingPathComponent("configs/\(file).json").path
        let config = try ConfigDocument(reading: path).resolved().config
        let model = try Self.model(config.name)
        #expect(model.config.model.json == config.model.json)
        #expect(model.config.training.batchSize == config.training.batchSize)
        #expect(model.config.training.json["optimizer"] == config.training.json["optimizer"])
        #expect(try ModelSummary(model.config, library: .init()).parameterCount == parameters)
    }

    @Test func `there are as many models as configs that are compared`() throws {
        #expect(try BenchModel.all().count == Self.configs.count)
    }

    @Test func `every pass of every layer, alone or with its pool, is counted as if it were direct`() throws {
        let expected: [(String, String, Double)] = [
            ("Conv2D forward", "3×3, 128×28×28×1 → 26×26×32", 2 * 128 * 26 * 26 * 32 * 9),
            ("Conv2D kernel gradient", "3×3, 128×28×28×1 → 26×26×32", 2 * 128 * 26 * 26 * 32 * 9),
            ("Conv2D + MaxPooling2D", "3×3, 128×28×28×1 → 13×13×32", 2 * 2 * 128 * 26 * 26 * 32 * 9),
            ("Conv2D forward", "3×3, 128×13×13×32 → 11×11×64", 2 * 128 * 11 * 11 * 64 * 9 * 32),
            ("Conv2D input gradient", "3×3, 128×13×13×32 → 11×11×64", 2 * 128 * 11 * 11 * 64 * 9 * 32),
            ("Conv2D kernel gradient", "3×3, 128×13×13×32 → 11×11×64", 2 * 128 * 11 * 11 * 64 * 9 * 32),
            ("Conv2D + MaxPooling2D", "3×3, 128×13×13×32 → 5×5×64", 3 * 2 * 128 * 11 * 11 * 64 * 9 * 32),
            ("Dense forward", "128×1600 → 10", 2 * 128 * 1600 * 10),
            ("Dense input gradient", "128×1600 → 10", 2 * 128 * 1600 * 10),
            ("Dense kernel gradient", "128×1600 → 10", 2 * 128 * 1600 * 10),
        ]
        let cases = try KernelCase.all(of: Self.model("warmup"))
        #expect(cases.map(\.name) == expected.map(\.0))
        #expect(cases.map(\.shape) == expected.map(\.1))
        #expect(cases.map(\.flops) == expected.map(\.2))
    }

    @Test func `convolutions of single pixels and of single channels are measured, too`() throws {
        let cases = try KernelCase.ofMobileNets()
        #expect(cases.count == 8 * 3)
        #expect(cases[0].name == "Conv2D forward")
        #expect(cases[0].shape == "1×1, 32×28×28×16 → 28×28×96")
        #expect(cases[0].flops == 2 * 32 * 28 * 28 * 16 * 96)
        let last = try #require(cases.last)
        #expect(last.name == "DepthwiseConv2D kernel gradient")
        #expect(last.shape == "5×5 by 2, 32×14×14×144 → 7×7×144")
        #expect(last.flops == 2 * 32 * 7 * 7 * 144 * 25)
        let report = try Bench([], and: [last], threads: 1, seconds: 0).run()
        #expect(report.kernels.count == 1 && report.kernels[0].gflops > 0)
    }

    @Test func `a bench measures every kernel once and every model`() throws {
        var told: [String] = []
        let report = try Bench([Self.model("smaller"), Self.model("smaller")], threads: 2, seconds: 0).run {
            told.append($0)
        }
        #expect(report.peak > 0)
        #expect(report.kernels.count == 6)
        #expect(report.training.map(\.config) == ["smaller", "smaller"])
        #expect(report.kernels.allSatisfy { $0.gflops > 0 && $0.gflops.isFinite })
        #expect(report.training.allSatisfy { $0.imagesPerSecond > 0 && $0.gflops > 0 })
        #expect(told.count == 1 + 6 + 2)
    }
}
