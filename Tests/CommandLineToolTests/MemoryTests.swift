import Foundation
import Schema
import Testing

@Suite(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct MemoryTests {
    @Test func `a process needs as much memory as its plan says, beyond what data and runtime need`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        // The same data and runtime, with next to no model and with one whose activations are kept for a whole batch.
        let small = try train([#"{ "type": "Flatten" }"#], named: "small", in: folder)
        let convolution = #"{ "type": "Conv2D", "filters": 48, "kernel_size": 3, "activation": "relu" }"#
        let normalization = #"{ "type": "BatchNormalization" }"#
        let large = try train(
            [convolution, normalization, convolution, normalization, #"{ "type": "GlobalAveragePooling2D" }"#],
            named: "large", in: folder)
        let planned = large.planned - small.planned
        let measured = large.measured - small.measured
        #expect(planned > 100_000_000)
        #expect(abs(Double(measured) / Double(planned) - 1) < 0.1, "planned \(planned), measured \(measured)")
    }

    private func train(_ layers: [String], named name: String, in folder: String) throws -> (
        planned: Int, measured: Int
    ) {
        let config = """
            { "name": "\(name)",
              "dataset": { "name": "synthetic-digits", "train_limit": 512, "test_limit": 10 },
              "model": { "layers": [\(layers.joined(separator: ", ")), { "type": "Dense", "units": 10, "activation": "softmax" }] },
              "training": { "epochs": 1, "batch_size": 512 } }
            """
        try config.write(toFile: "\(folder)/\(name).json", atomically: true, encoding: .utf8)
        let run = try BuiltTool(
            ["train", "\(name).json", "--out", name, "--quiet", "--threads", "2"], in: folder, measuresMemory: true)
        #expect(run.status == 0, "\(run.messages)")
        let summary = try JSON(
            parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)/summary.json"))))
        let planned = try Int(from: #require(summary["memory_bytes"]?["training_peak"]))
        return (planned, run.peakBytes)
    }
}
