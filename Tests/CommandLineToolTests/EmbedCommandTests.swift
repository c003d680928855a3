import Datasets
import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// `data embed` as it is typed, on a small set of three kinds of images.
@Suite final class EmbedCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

    init() throws {
        func images(_ count: Int) -> Dataset {
            let labels = (0..<count).map { UInt8($0 % 3) }
            // Another quarter is light in each class; every image differs in its last pixel.
            let pixels = labels.enumerated().flatMap { index, label in
                (0..<16).map { $0 / 4 == Int(label) ? UInt8(200) : $0 == 15 ? UInt8(index) : 0 }
            }
            return Dataset(height: 4, width: 4, classNames: ["a", "b", "c"], pixels: pixels, labels: labels)
        }
        try DataParts(name: "own", training: images(60), test: images(12), origin: "here").write(to: "\(folder)/own") {
            try AtomicFile.write($0, to: $1)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func embed(_ words: String...) -> (code: ExitCode, results: String, messages: String) { embed(words) }

    private func embed(_ words: [String]) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(results: { results += $0 }, messages: { messages += $0 })
        let code = Tool.mnistLab.run(["data", "embed", "\(folder)/own"] + words, console: console)
        return (code, results.replacing(folder, with: "FOLDER"), messages.replacing(folder, with: "FOLDER"))
    }

    private func table(_ name: String) throws -> CSV {
        try CSV(parsing: String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))
    }

    @Test func `each image becomes a point of the plane with its label`() throws {
        let ended = embed("--perplexity", "5", "--iterations", "300", "--out", "\(folder)/plane.csv")
        #expect(ended.code == .success)
        #expect(ended.results.contains("images           60 of own, train\n"))
        #expect(ended.results.contains("method           t-SNE, perplexity 5, 300 iterations\n"))
        #expect(ended.results.contains(#/\nsame class +(9\d|100)\.\d\d % of nearest neighbours in the plane\n/#))
        #expect(ended.results.hasSuffix("written          FOLDER/plane.csv\n"))
        #expect(ended.messages.contains(#/^[0-9.]+ m?s\n$/#))
        let table = try table("plane.csv")
        #expect(table.header == ["x", "y", "label"])
        #expect(table[column: "label"] == (0..<60).map { "\($0 % 3)" })
        #expect(Set(table.rows).count == 60)
        #expect(table.rows.allSatisfy { Float($0[0])?.isFinite == true && Float($0[1])?.isFinite == true })
    }

    @Test func `the file has the same bytes for any number of threads`() throws {
        for threads in ["1", "3"] {
            _ = embed(
                "--perplexity=4", "--iterations=260", "--out", "\(folder)/\(threads).csv", "--threads", threads,
                "--quiet")
        }
        #expect(try table("1.csv") == table("3.csv"))
    }

    @Test func `principal components of the test part, as JSON`() throws {
        let ended = embed(
            "--method=pca", "--part=test", "--neighbours=2", "--out", "\(folder)/plane.CSV", "--json", "--quiet")
        #expect(ended.messages == "")
        let document = try JSON(parsing: ended.results)
        #expect(
            document.members?.map(\.key) == [
                "name", "part", "images", "method", "explained_variance_ratio", "neighbours", "trustworthiness",
                "nearest_neighbour_accuracy", "out",
            ])
        #expect(document["images"] == JSON(12))
        #expect(document["explained_variance_ratio"]?.elements?.count == 2)
        #expect(try table("plane.CSV").rows.count == 12)
    }

    @Test func `the picture names each class and has the same bytes every time`() throws {
        func picture(_ name: String) throws -> Data {
            let ended = embed("--method=pca", "--out", "\(folder)/\(name)", "--quiet")
            #expect(ended.code == .success)
            return try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let svg = try picture("plane.svg")
        let text = String(decoding: svg, as: UTF8.self)
        for name in ["60 images of own, train", "two principal components", "; 0, 1, 2<", "Trustworthiness 0."] {
            #expect(text.contains(name))
        }
        #expect(try picture("again.svg") == svg)
        #expect(try picture("plane.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test(
        arguments: [
            (["--images=61"], "error: own has 60 training images, not 61; --images 60 takes all of them"),
            (["--part=test", "--images=13"], "has 12 test images, not 13"),
            (["--images=10"], "10 images are too few to judge their neighbours; choose at least 11 images"),
            (["--images=20"], "a perplexity of 30 needs more than 20 images; choose a --perplexity of about 5"),
            (["--method=umap"], "umap"),
            (["--out=plane.gif"], "\"plane.gif\" is a file of no known kind; its name can end in .svg, .png, .csv"),
            (["--layer=dense"], "--layer is the layer of a run; name the run by --run RUN"),
        ])
    func `what cannot be is a mistake in usage, with its remedy`(words: [String], message: String) throws {
        let ended = embed(words)
        #expect(ended.code == .usage)
        #expect(ended.messages.contains(message), "\(ended.messages)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["own"])
    }

    @Test func `a place that cannot be written is known before anything is computed`() {
        let ended = embed("--perplexity=5", "--iterations=1000000", "--out", "\(folder)/none/plane.csv")
        #expect(ended.code == .failure)
        #expect(ended.messages.contains("none/plane.csv"))
    }

    @Test func `what a layer of a run gives is embedded, too`() throws {
        try AtomicFile.write(
            """
            {
              "name": "a", "dataset": { "path": "own" },
              "model": {
                "layers": [
                  { "type": "Flatten" }, { "type": "Dense", "name": "hidden", "units": 7, "activation": "relu" },
                  { "type": "Dense", "units": 3, "activation": "softmax" }
                ]
              },
              "training": { "epochs": 0 }
            }
            """, to: "\(folder)/a.json")
        var messages = ""
        let console = Console(results: { _ in }, messages: { messages += $0 })
        let trained = Tool.mnistLab.run(
            ["train", "\(folder)/a.json", "--out", "\(folder)/run", "--quiet"], console: console)
        #expect(trained == .success, "\(messages)")
        let ended = embed(
            "--run", "\(folder)/run", "--method=pca", "--out", "\(folder)/plane.csv", "--json", "--quiet")
        #expect(ended.code == .success, "\(ended.messages)")
        #expect(try JSON(parsing: ended.results)["layer"] == "hidden")
        #expect(try table("plane.csv").rows.count == 60)
        let unknown = embed("--run", "\(folder)/run", "--layer=hiden", "--out", "\(folder)/other.csv")
        #expect(unknown.code == .failure)
        #expect(unknown.messages.contains("has no layer \"hiden\"; did you mean \"hidden\"?"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/other.csv"))
    }

    @Test(arguments: [5, 12, 20, 30, 80])
    func `the bar fits`(width: Int) {
        let line = EmbeddingProgress.line(250, of: 1000, secondsLeft: 7, width)
        #expect(displayWidth(line) <= width)
        if width >= 80 { #expect(line == "t-SNE ━━━━━━━╸──────────────────────   250/1000  0:07 left") }
    }
}
