import Datasets
import Foundation
import Reporting
import Testing

@testable import Experiments

@Suite struct TensorBoardSweepTests {
    private static let grid =
        #"{ "grid": { "training.batch_size": [8, 16], "let.hidden": [[2], [3, 4]] }, "repeats": 2 }"#

    /// Whether the words stand in the bytes in this order.
    private func has(_ bytes: [UInt8], _ words: [String]) -> Bool {
        var rest = String(decoding: bytes, as: UTF8.self)[...]
        for word in words {
            guard let range = rest.range(of: word) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    @Test func `each trial has its values and figures, and the columns are declared`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.grid)
        try tiny.run(in: folder.path, hasTensorBoard: true)
        for name in tiny.names {
            let path = "\(folder.path)/trials/\(name)/tensorboard"
            let whole = try ShownValue.all(in: path)
            #expect(has(whole[0].content, ["training.batch_size", "let.hidden", "seed"]))
            #expect(whole.map(\.tag).contains("result/best_val_accuracy"))
            #expect(
                try ShownValue.all(in: "\(path)/validation").filter { $0.tag == "epoch_loss" }.map(\.step) == [0, 1])
        }
        let record = try SweepRecord(in: folder.path)
        try record.declareForTensorBoard(in: "\(folder.path)/tensorboard")
        let table = try #require(ShownValue.all(in: "\(folder.path)/tensorboard").first)
        #expect(table.tag == "_hparams_/experiment")
        #expect(
            has(
                table.content,
                [
                    "training.batch_size", "batch_size", "let.hidden", "hidden", "[2]", "[3, 4]", "seed",
                    "result/test_accuracy", "result/best_val_loss", "validation", "epoch_accuracy", "val_accuracy",
                    "train",
                ]))
    }

    @Test func `a finished run and a finished sweep are exported as they were, the same bytes each time`() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinySweep(Self.grid)
        try tiny.run(in: "\(folder.path)/sweep", hasTensorBoard: true)
        func export(to name: String) throws -> TensorBoardExport {
            try TensorBoardExport(to: "\(folder.path)/\(name)", library: TinySweep.library, threads: 1)
        }
        let record = try SweepRecord(in: "\(folder.path)/sweep")
        #expect(try export(to: "all").add(record, in: "\(folder.path)/sweep") == 8)
        let name = tiny.names[3]
        for part in ["train", "validation"] {
            let live = try ShownValue.all(in: "\(folder.path)/sweep/trials/\(name)/tensorboard/\(part)")
            let later = try ShownValue.all(in: "\(folder.path)/all/\(name)/\(part)")
            #expect(live.filter { $0.scalar != nil }.map(\.scalar) == later.filter { $0.scalar != nil }.map(\.scalar))
            // The weights of the last epoch are those that were saved.
            #expect(live.last?.bytes == later.last?.bytes)
        }

        let run = try FinishedRun(at: "\(folder.path)/sweep/trials/\(name)")
        let config = try ConfigDocument(reading: run.configPath).resolved().config
        #expect(try export(to: "one").add(run, config) == nil)
        #expect(try export(to: "again").add(run, config) == nil)
        let files = try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/one").sorted()
        #expect(try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/again").sorted() == files)
        for file in files where !isFolder("\(folder.path)/one/\(file)") {
            #expect(try readFile("\(folder.path)/one/\(file)") == readFile("\(folder.path)/again/\(file)"))
        }
        let metadata = try text(of: "\(folder.path)/one/metadata.tsv").split(separator: "\n")
        #expect(metadata.first == "label\tpredicted\tmistake" && metadata.count == 21)
        let points = try text(of: "\(folder.path)/one/tensors.tsv").split(separator: "\n")
        // The second hidden layer's four numbers, of each test image.
        #expect(points.count == 20 && points.allSatisfy { $0.split(separator: "\t").count == 4 })
        #expect(try ShownValue.all(in: "\(folder.path)/one").contains { $0.tag == "pictures/mistakes" })
        #expect(throws: ExportFolderError.self) { try export(to: "one") }

        // Times that no clock can have measured are none.
        try AtomicFile.write("epoch,seconds\n0,1e300\n1,nan\n", to: "\(run.path)/timings.csv")
        #expect(try export(to: "strange").add(run, config) == nil)
    }
}
