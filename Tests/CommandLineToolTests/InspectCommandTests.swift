import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// `inspect` as it is typed, on the initial models of runs.
@Suite final class InspectCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
    private static let dense = #"{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }"#

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let conv = #"{ "type": "Conv2D", "filters": 14, "kernel_size": 3 }, { "type": "MaxPooling2D" }, "#
        for (name, layers) in [("conv", conv + Self.dense), ("dense", Self.dense)] {
            try AtomicFile.write(
                """
                {
                  "name": "<\(name)>", "dataset": { "name": "synthetic-digits", "train_limit": 10, "test_limit": 40 },
                  "model": { "layers": [\(layers)] }, "training": { "epochs": 0 }
                }
                """, to: "\(folder)/\(name).json")
            #expect(run("train", "\(folder)/\(name).json", "--out", "\(folder)/\(name)", "--quiet").code == .success)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func run(_ words: String...) -> (code: ExitCode, results: String, messages: String) {
        var results = ""
        var messages = ""
        let console = Console(width: 100, results: { results += $0 }, messages: { messages += $0 })
        let code = Tool.mnistLab.run(words.map { $0.replacing("FOLDER", with: folder) }, console: console)
        return (code, results.replacing(folder, with: "FOLDER"), messages.replacing(folder, with: "FOLDER"))
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    private static let all = ["filters", "maps", "saliency", "mistakes", "pairs", "calibration"]

    @Test func `every picture is written, and what stands out is told`() throws {
        let (code, results, messages) = run("inspect", "FOLDER/conv")
        #expect(code == .success)
        #expect(results.hasPrefix("<conv>: "))
        #expect(results.contains("most confused") && results.contains("expected calibration error"))
        #expect(messages == Self.all.map { "FOLDER/conv/pictures/\($0).svg\n" }.joined())
        for name in Self.all {
            let picture = try text("conv/pictures/\(name).svg")
            #expect(picture.contains("&lt;conv&gt;: ") && !picture.contains("<conv>"))
        }
        #expect(try text("conv/pictures/filters.svg").contains("the first 12 of 14, 3 × 3"))
        #expect(try text("conv/pictures/maps.svg").contains("flatten."))
    }

    @Test func `the same run gives the same bytes for any number of threads`() throws {
        for threads in ["1", "2"] {
            #expect(run("inspect", "FOLDER/conv", "--threads", threads, "--out", "FOLDER/\(threads)").code == .success)
        }
        for name in Self.all { #expect(try text("1/\(name).svg") == text("2/\(name).svg")) }
    }

    @Test func `JSON has the numbers of the pictures that are chosen`() throws {
        let (code, results, messages) = run("inspect", "FOLDER/dense", "calibration", "pairs", "mistakes", "--json")
        #expect(code == .success && messages.isEmpty)
        let document = try JSON(parsing: results)
        #expect(
            document.members?.map(\.key) == [
                "run", "name", "images", "accuracy", "loss", "mistakes", "pairs", "expected_calibration_error",
                "mean_confidence", "calibration", "pictures",
            ])
        #expect(document["calibration"]?.elements?.count == 10)
        let wrong = try #require(document["pairs"]?.elements).reduce(0) { $0 + (number($1["count"]) ?? 0) }
        let accuracy = try #require(number(document["accuracy"]))
        #expect(abs(accuracy - (40 - wrong) / 40) < 1e-9)
        #expect(document["mistakes"]?.elements?.count == Int(wrong))
        let few = try JSON(parsing: run("inspect", "FOLDER/dense", "mistakes", "--count", "3", "--json").results)
        #expect(few["mistakes"]?.elements?.count == 3)
    }

    private func number(_ json: JSON?) -> Double? {
        switch json?.content {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    @Test func `a model without convolution has every picture but filters`() {
        let (code, _, messages) = run("inspect", "FOLDER/dense", "--out", "FOLDER/d/")
        #expect(code == .success)
        #expect(messages.hasPrefix("without filters: the model has no convolution"))
        #expect(messages.split(separator: "\n").count == 6)
        let alone = run("inspect", "FOLDER/dense", "filters")
        #expect(alone.code == .failure)
        #expect(alone.messages == "error: the model has no convolution, and so no filters to look at\n")
    }

    @Test func `one picture can be a file of pixels, of one's own image`() throws {
        try AtomicFile.write("P2 2 2 9 9 9 9 0", to: "\(folder)/a.pgm")
        for words in [["maps", "--layer", "conv2d"], ["saliency", "--count", "2"]] {
            let (code, _, messages) = run(
                "inspect", "FOLDER/conv", words[0], words[1], words[2], "--image", "FOLDER/a.pgm", "--out",
                "FOLDER/a.png", "--theme", "dark")
            #expect(code == .success)
            #expect(messages == "FOLDER/a.png\n")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/a.png"))
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test(
        arguments: [
            ("inspect FOLDER/none", 1, "FOLDER/none: there is no such run directory"),
            ("inspect FOLDER/conv filter", 2, "there is no picture \"filter\"; did you mean \"filters\"?"),
            ("inspect FOLDER/conv maps --layer conv2", 1, "the model has no layer \"conv2\"; did you mean \"conv2d\"?"),
            (
                "inspect FOLDER/conv filters --layer dense", 1,
                "\"dense\" is no convolution and has no filters; conv2d has some"
            ),
            ("inspect FOLDER/conv maps --image 40", 1, "there is no test image 40: they are numbered from 0 to 39"),
            ("inspect FOLDER/conv maps --image=-1", 1, "there is no test image -1: they are numbered from 0 to 39"),
            ("inspect FOLDER/conv --out FOLDER/a.svg", 2, "--out: 6 pictures do not fit into one file; "),
            (
                "inspect FOLDER/conv pairs --out FOLDER/a.gif", 2,
                "--out: pictures are written as .svg or .png, not as \"a.gif\""
            ),
            ("inspect FOLDER/conv pairs --out FOLDER/a.svg --theme dark", 2, "--theme: an SVG file follows the theme"),
            ("inspect FOLDER/conv --all --count 3", 2, "--all and --count exclude each other"),
        ] as [(String, Int32, String)])
    func `what cannot be shown is one sentence`(line: String, code: Int32, message: String) {
        var messages = ""
        let console = Console(width: 200, results: { _ in }, messages: { messages += $0 })
        let words = line.replacing("FOLDER", with: folder).split(separator: " ").map(String.init)
        #expect(Tool.mnistLab.run(words, console: console).rawValue == code)
        let told = messages.replacing(folder, with: "FOLDER")
        #expect(told.hasPrefix("error: \(message)"), "\(told)")
    }

    @Test func `an unfinished run is one sentence, too`() throws {
        for file in ["model.safetensors", "result.json"] {
            try FileManager.default.removeItem(atPath: "\(folder)/conv/\(file)")
        }
        let (code, _, messages) = run("inspect", "FOLDER/conv")
        #expect(code == .failure)
        #expect(messages.hasPrefix("error: FOLDER/conv: this run is not finished"))
    }
}
