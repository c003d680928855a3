import Foundation
import Testing

@testable import CommandLineTool

/// The documented table of exit codes, row by row, with the executable that users run.
@Suite(.serialized, .enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct ExitCodeTests {
    /// For each row, the command lines that lead to it, in a folder with a finished run `a`, a broken one `b`, a sweep `s`
    /// whose record is broken, folders `empty`, `foreign` (no run) and `half` (no results), and a sweep's config.
    private static let lines: [[String]] = [
        ["train tiny.json --out c", "evaluate a", "sweep sweep.json"],
        ["train tiny.json --out a --resume --quiet"],
        [
            "evaluate none", "show none", "predict none x.png", "compare none", "plot none", "export none --to x.npz",
            "ls none", "evaluate half", "export half --to x.npz", "train --out none --resume",
            "train --out empty --resume",
        ],
        [
            "evaluate a --set model.layers[1].units=20",
            "train tiny.json --set model.initial_weights=a/model.safetensors --set model.layers[1].units=20",
            "predict a none.png", "predict a tiny.json", "data info ./none", "import none.keras", "import tiny.json",
            "import a/model.safetensors", "train tiny.json --set model.initial_weights=tiny.json",
            #"train tiny.json --set model.initial_weights="none.safetensors""#,
            #"train tiny.json --set dataset={"path":"none"}"#,
        ],
        ["train tiny.json --out b --resume", "train tiny.json --out a --resume --epochs 9"],
        [
            "ls s", "show s", "compare s", "plot s", "sweep --collect s", "sweep --status s",
            "sweep sweep.json --out s --join", "export s --to events --tensorboard",
            "export s --to x.npz",
        ],
        [
            "export a --to none/x.npz", "plot a --out none/x.svg", "compare a --html none/x.html",
            "train tiny.json --out d --junit none/x.xml",
        ],
        [
            #"train tiny.json --out e --set training.optimizer={"type":"SGD","learning_rate":1e38}"#,
            #"sweep sweep.json --out f --set training.optimizer={"type":"SGD","learning_rate":1e38}"#,
            // A single step, which no other follows.
            #"train tiny.json --out j --set training.batch_size=50 --set training.optimizer={"type":"SGD","learning_rate":1e38}"#,
        ],
        [
            "", "trian", "train", "train tiny.json --nope", "train tiny.json --epochs -1", "help nope", "bench nope",
            "sweep --collect s --dry-run", "bench --cores --record x.jsonl", "compare a --csv --html -",
            "evaluate a --seed 3", "evaluate a --epochs 3", "data --progress chart",
        ],
        [
            "train none.json", "sweep none.json", "summary none.json", "validate tiny.json none.json",
            "validate bad.json",
            "train bad.json", "sweep tiny.json",
        ],
        [
            "train tiny.json --set model.layers[1].units=5", "summary tiny.json --set model.layers[1].units=5",
            "validate tiny.json --set model.layers[1].units=5",
        ],
        ["train tiny.json --out a", "train tiny.json --out tiny.json", "train tiny.json --out /dev/null/x"],
        ["train tiny.json --out a --resume --seed 7", "train tiny.json --out foreign --resume"],
        ["train tiny.json --set model.layers[1].units=1000000000"],
        [
            "train tiny.json --out g --set expect.test_accuracy.min=1", "evaluate a --set expect.test_accuracy.min=1",
            "train tiny.json --out a --resume --quiet --set expect.test_accuracy.min=1",
            "sweep sweep.json --out h --set expect.test_accuracy.min=1",
        ],
        ["train tiny.json --out i --set expect.test_accuracy.confidence=0.95"],
        ["sweep --collect u"],
    ]

    private static let config = """
        { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 50, "test_limit": 20,
            "validation": { "fraction": 0.2 } },
          "model": { "layers": [ { "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" } ] },
          "training": { "epochs": 1 }, "expect": { "test_accuracy": { "min": 0 } }
        """

    @Test func `every situation of the table ends as the table says`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in [
            ("tiny", Self.config + "}"), ("bad", Self.config),
            ("sweep", Self.config + #", "sweep": { "grid": { "seed": [1, 2] } } }"#),
        ] {
            try text.write(toFile: "\(folder)/\(name).json", atomically: true, encoding: .utf8)
        }
        for run in ["a", "b"] {
            #expect(try BuiltTool(["train", "tiny.json", "--out", run, "--quiet"], in: folder).status == 0)
        }
        try "{".write(toFile: "\(folder)/b/result.json", atomically: true, encoding: .utf8)
        for name in ["empty", "foreign"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        try "mine".write(toFile: "\(folder)/foreign/notes.txt", atomically: true, encoding: .utf8)
        try FileManager.default.copyItem(atPath: "\(folder)/a", toPath: "\(folder)/half")
        try FileManager.default.removeItem(atPath: "\(folder)/half/result.json")
        #expect(try BuiltTool(["sweep", "sweep.json", "--out", "s", "--quiet"], in: folder).status == 0)
        #expect(
            try BuiltTool(["sweep", "sweep.json", "--out", "u", "--shard", "1/2", "--quiet"], in: folder).status == 0)
        let record = "\(folder)/s/sweep.json"
        let whole = try String(contentsOfFile: record, encoding: .utf8)
        let broken = whole.replacing("\"group\": 0", with: "\"group\": -1")
        try #require(broken != whole)
        try broken.write(toFile: record, atomically: true, encoding: .utf8)

        try #require(Self.lines.count == Ending.all.count, "a row without a command line, or the other way round")
        for (ending, lines) in zip(Ending.all, Self.lines) {
            for line in lines {
                let words = line.split(separator: " ").map(String.init)
                let ended = try BuiltTool(words, in: folder)
                #expect(ended.status == ending.code.rawValue, "\(line): \(ending.situation)\n\(ended.messages)")
                #expect(ending.code == .success || !ended.messages.isEmpty || ended.output.contains("expected"))
                #expect(!ended.messages.contains("Error("), "\(line): \(ended.messages)")
            }
        }
    }

    /// What becomes of outputs where nothing may be written. What is below /sys belongs to the kernel, which makes files for
    /// nobody; `closed` is a folder that its owner may not change.
    private static let refusals: [(line: String, status: Int32, says: String)] = [
        ("train tiny.json --out closed/x", 2, "closed/x: the folder cannot be made: Permission denied; choose"),
        ("sweep sweep.json --out closed/x", 2, "closed/x: the folder cannot be made: Permission denied; choose"),
        ("train tiny.json --out closed", 1, "cannot write closed/config.json: Permission denied; check the"),
        ("export a --to closed/x.npz", 1, "cannot write closed/x.npz: Permission denied; check the"),
        ("plot a --out closed/x.svg", 1, "cannot write closed/x.svg: Permission denied; check the"),
        ("compare a --html closed/x.html", 1, "cannot write closed/x.html: Permission denied; check the"),
        ("train tiny.json --out b --junit closed/x.xml", 1, "cannot write closed/x.xml: Permission denied; check the"),
        ("train tiny.json --out /sys/x", 2, "/sys/x: the folder cannot be made: "),
        ("sweep sweep.json --out /sys/x", 2, "/sys/x: the folder cannot be made: "),
        ("export a --to /sys/x.npz", 1, "cannot write /sys/x.npz: "),
        ("plot a --out tiny.json/x.svg", 1, "cannot write tiny.json/x.svg: Not a directory; a part of the"),
        ("sweep sweep.json --out tiny.json/x", 2, "tiny.json/x: the folder cannot be made: Not a directory; choose"),
        ("compare a --html /dev/full", 1, "cannot write /dev/full: No space left on device; free some space and try"),
        ("train tiny.json --out c --junit /dev/full", 1, "cannot write /dev/full: No space left on device; free some"),
    ]

    /// Permissions do not stop root, unless it gives up the right to ignore them, which this does for the tool alone.
    private static let obeyingPermissions =
        geteuid() == 0
        ? #"exec setpriv --bounding-set=-dac_override,-dac_read_search "$0" "$@""#
        : ""

    @Test func `outputs that may not be written end as the table says, for root too`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        let closed = "\(folder)/closed"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: closed, withIntermediateDirectories: true)
        try (Self.config + "}").write(toFile: "\(folder)/tiny.json", atomically: true, encoding: .utf8)
        let sweep = Self.config + #", "sweep": { "grid": { "seed": [1, 2] } } }"#
        try sweep.write(toFile: "\(folder)/sweep.json", atomically: true, encoding: .utf8)
        #expect(try BuiltTool(["train", "tiny.json", "--out", "a", "--quiet"], in: folder).status == 0)
        chmod(closed, 0o555)
        let canObey = try BuiltTool(["--version"], in: folder, after: Self.obeyingPermissions).status == 0
        for (line, status, says) in Self.refusals where canObey || !line.contains("closed") {
            let words = line.split(separator: " ").map(String.init)
            let ended = try BuiltTool(words, in: folder, after: canObey ? Self.obeyingPermissions : "")
            #expect(ended.status == status, "\(line): \(ended.messages)")
            #expect(ended.messages.contains(says), "\(line): \(ended.messages)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: closed).isEmpty)
    }

    @Test func `help tells the table`() throws {
        let help = try BuiltTool(["help", "exit-codes"], in: "/").output
        let words = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for ending in Ending.all { #expect(words.contains(ending.situation)) }
        for code in ExitCode.allCases { #expect(words.contains("\(code.rawValue) \(code.meaning)")) }
    }
}
