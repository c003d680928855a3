import Datasets
import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

@Suite struct DataCommandTests {
    /// A set of three images and two, one of them the same, in a folder that is gone when the test has ended.
    final class Folder {
        let path = NSTemporaryDirectory() + "mnist-lab-data-\(UUID().uuidString)"

        init() throws {
            let classes = ["Coat", "1"]
            let training = Dataset(
                height: 1, width: 2, classNames: classes, pixels: [0, 255, 0, 51, 102, 153], labels: [0, 1, 1])
            let test = Dataset(height: 1, width: 2, classNames: classes, pixels: [0, 51, 1, 1], labels: [1, 1])
            try DataParts(name: "own", training: training, test: test, origin: "here").write(to: path) {
                try AtomicFile.write($0, to: $1)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func data(_ line: String) -> (code: ExitCode, results: String, messages: String) {
            var results = ""
            var messages = ""
            let console = Console(results: { results += $0 }, messages: { messages += $0 })
            let words = line.split(separator: " ").map { $0 == "FOLDER" ? path : String($0) }
            let code = Tool.mnistLab.run(["data"] + words, console: console)
            return (code, results.replacing(path, with: "FOLDER"), messages.replacing(path, with: "FOLDER"))
        }
    }

    @Test func `info shows figures by part`() throws {
        let ended = try Folder().data("info FOLDER")
        #expect(
            ended.results.split(separator: "\n").dropFirst().joined(separator: "\n") == """
                from        FOLDER
                checksums   none published for this set
                images      1 × 2, 2 classes
                duplicates  1 of the test images are among those for training, too
                                    training    test
                ──────────────────  ────────  ──────
                images                     3       2
                mean                  0.3667  0.0520
                standard deviation    0.3543  0.0855
                values                 0–255    0–51
                class 0                    1       0
                class 1                    2       2
                """)
        #expect(ended.code == .success)
    }

    @Test func `verify shows a checksum that can be compared, and succeeds where there is no official one`() throws {
        let ended = try Folder().data("verify FOLDER")
        let lines = ended.results.split(separator: "\n")
        #expect(lines.filter { $0.hasSuffix("-ubyte: none to compare with") }.count == 4)
        #expect(lines.filter { $0.contains(#/^    [0-9a-f]{64}$/#) }.count == 4)
        #expect(ended.code == .success)
    }

    @Test(arguments: ["list", "info FOLDER", "verify FOLDER"])
    func `each gives JSON, too`(line: String) throws {
        let ended = try Folder().data(line + " --json")
        #expect(try JSON(parsing: ended.results).members?.isEmpty == false)
        #expect(ended.code == .success)
        #expect(ended.messages == "")
    }

    @Test func `list shows all known sets, with how to get those that are missing`() throws {
        let ended = try Folder().data("")
        #expect(ended.results == (try Folder().data("list")).results)
        for set in KnownDataset.all { #expect(ended.results.contains("\(set.name) ")) }
        #expect(ended.results.contains("made when it is used"))
    }

    @Test(
        arguments: [
            ("ferify mnist", "unknown action \"ferify\"; did you mean \"verify\"?"),
            ("mnist", "unknown action \"mnist\"; write data info mnist"),
            ("list mnist", "list takes no name; write data info mnist"),
            ("info", "info needs a name; known: mnist, fashion-mnist, synthetic-digits"),
            ("verify mnits", "unknown data set \"mnits\"; did you mean \"mnist\"?"),
            ("fetch FOLDER", "unknown data set \"FOLDER\"; known: mnist, fashion-mnist, synthetic-digits"),
            ("fetch mnist --offline", "fetch needs the network, and --offline forbids it"),
        ])
    func `what makes no sense is a mistake in usage`(line: String, message: String) throws {
        let ended = try Folder().data(line)
        #expect(ended.code == .usage)
        #expect(ended.results == "")
        #expect(ended.messages.hasPrefix("error: \(message)\nusage: mnist-lab data [ACTION] [NAME] [options]\n"))
    }

    @Test func `a folder without the files is a failure that names them`() throws {
        let folder = try Folder()
        try FileManager.default.removeItem(atPath: "\(folder.path)/t10k-labels-idx1-ubyte")
        let ended = folder.data("info FOLDER")
        #expect(ended.code == .failure)
        #expect(ended.messages.hasPrefix("error: FOLDER: t10k-labels-idx1-ubyte missing; "))
    }
}
