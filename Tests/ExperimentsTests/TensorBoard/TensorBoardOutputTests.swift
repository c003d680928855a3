import Exchange
import Foundation
import Reporting
import Schema
import Testing
import Training

@testable import Experiments

@Suite struct TensorBoardOutputTests {
    private static var outputs: [any RunOutput.Type] { RunOutputs.all(withPictures: true, withTensorBoard: true) }

    /// One start of a run, which is interrupted after so many steps or finished.
    private func train(
        in path: String, pausingAfter steps: Int = .max, outputs: [any RunOutput.Type] = Self.outputs
    ) throws {
        let run = try SteppedRun.start(in: path, outputs: outputs)
        var asked = 0
        let outcome = try run.train(observers: []) {
            asked += 1
            return asked >= steps
        }
        if outcome != .interrupted { _ = try run.finish() }
    }

    /// A run's curves are in its events, each epoch once.
    private func checkCurves(of path: String) throws {
        let table = try CSV(parsing: String(decoding: readFile("\(path)/curves.csv"), as: UTF8.self))
        for (folder, columns) in [
            ("train", ["loss", "accuracy", "learning_rate"]), ("validation", ["val_loss", "val_accuracy"]),
        ] {
            let values = try ShownValue.all(in: "\(path)/tensorboard/\(folder)")
            for column in columns {
                let shown = values.filter { $0.tag == "epoch_\(column.replacing("val_", with: ""))" }
                #expect(shown.map(\.step) == Array(table.rows.indices))
                #expect(try shown.map(\.scalar) == table.numbers(in: column).map { Float($0) })
            }
        }
    }

    @Test func `curves, histograms, pictures and figures are there, and nothing that was there before is different`()
        throws
    {
        let folders = try (TemporaryFolder(), TemporaryFolder())
        try train(in: folders.0.path)
        try train(in: folders.1.path, outputs: RunOutputs.all)
        try checkCurves(of: folders.0.path)
        let training = try ShownValue.all(in: "\(folders.0.path)/tensorboard/train")
        let histograms = training.filter { $0.tag.hasSuffix("/histogram") }
        #expect(histograms.count == 8 * training.filter { $0.tag == "epoch_loss" }.count)
        #expect(histograms.allSatisfy { $0.bytes.count == 30 * 3 * 8 })
        #expect(histograms.map(\.tag).contains("batch_normalization/moving_mean/histogram"))

        let whole = try ShownValue.all(in: "\(folders.0.path)/tensorboard")
        let tags = ["confusion", "filters", "mistakes"].map { "pictures/\($0)" }
        for tag in tags {
            #expect(whole.first { $0.tag == tag }?.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
        }
        let result = try JSON(parsing: readFile("\(folders.0.path)/result.json"))
        let accuracy = try Double(from: result["test"]?["accuracy"] ?? nil)
        #expect(whole.first { $0.tag == "result/test_accuracy" }?.scalar == Float(accuracy))
        #expect(whole.first?.tag == "_hparams_/session_start_info" && whole.last?.tag == "_hparams_/session_end_info")
        let given = String(decoding: whole[0].content, as: UTF8.self)
        #expect(given.contains("training.optimizer.type") && given.contains("Nadam") && given.contains("parameters"))

        for file in RunFile.allCases where ![.timings, .provenance, .checkpoint].contains(file) {
            #expect(
                try readFile("\(folders.0.path)/\(file.rawValue)") == readFile("\(folders.1.path)/\(file.rawValue)"))
        }
        #expect(!RunFile.allCases.contains(.tensorBoard))
        #expect(!FileManager.default.fileExists(atPath: "\(folders.1.path)/tensorboard"))
    }

    @Test func `without pictures there are none among the events`() throws {
        let folder = try TemporaryFolder()
        try train(in: folder.path, outputs: RunOutputs.all(withPictures: false, withTensorBoard: true))
        let tags = try ShownValue.all(in: "\(folder.path)/tensorboard").map(\.tag)
        #expect(tags.contains("result/best_val_loss") && !tags.contains { $0.hasPrefix("pictures") })
    }

    /// An epoch has 13 steps, and a checkpoint is written after every third.
    @Test(arguments: [[1], [13, 13], [14, 1, 25], [3, 30, 2]])
    func `a run that was interrupted tells of each epoch once`(pauses: [Int]) throws {
        let folder = try TemporaryFolder()
        for steps in pauses { try train(in: folder.path, pausingAfter: steps) }
        try train(in: folder.path)
        try checkCurves(of: folder.path)
        let whole = try ShownValue.all(in: "\(folder.path)/tensorboard").map(\.tag)
        #expect(Set(whole).count == whole.count)
    }

    @Test func `what a killed run wrote beyond its checkpoint, or half, is written again`() throws {
        let folder = try TemporaryFolder()
        let (path, checkpoint) = (folder.path, "\(folder.path)/checkpoint.safetensors")
        try train(in: path, pausingAfter: 16)
        let kept = try readFile(checkpoint)
        try train(in: path, pausingAfter: 24)
        // Dying is being interrupted without being allowed to save.
        try AtomicFile.write(kept, to: checkpoint)
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(path)/tensorboard/train") {
            let file = "\(path)/tensorboard/train/\(name)"
            let bytes = try readFile(file)
            try truncateFile(file, to: bytes.count - 5)
        }
        try train(in: path)
        try checkCurves(of: path)
        // A run whose checkpoint is lost begins again.
        for file in ["result.json", "checkpoint.safetensors"] {
            try? FileManager.default.removeItem(atPath: "\(path)/\(file)")
        }
        try train(in: path)
        try checkCurves(of: path)
    }

    @Test func `a run that is resumed with TensorBoard has the curves from before`() throws {
        let folder = try TemporaryFolder()
        try train(in: folder.path, pausingAfter: 30, outputs: RunOutputs.all)
        try train(in: folder.path)
        try checkCurves(of: folder.path)
    }

    @Test func `a run that diverges has failed`() throws {
        let folder = try TemporaryFolder()
        var config = SteppedRun.description
        config["training"]?["optimizer"] = ["type": "SGD", "learning_rate": 1e30]
        let run = try SteppedRun.start(config, in: folder.path, outputs: Self.outputs)
        _ = try run.train(observers: []) { false }
        let last = try #require(ShownValue.all(in: "\(folder.path)/tensorboard").last)
        // Field 4, the end, with a length of 11 bytes: status failure, then the time.
        #expect(last.tag == "_hparams_/session_end_info" && last.content.starts(with: [0x22, 11, 0x08, 2]))
    }
}
