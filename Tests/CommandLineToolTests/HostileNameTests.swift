import Datasets
import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// Files and folders whose names would clear a screen, colour it, or turn the direction of writing.
@Suite struct HostileNameTests {
    private static let name = "a\u{1B}[2J\u{9B}31m\u{202E}b"
    /// As far as a config's own name may be like that.
    private static let configName = "a\u{202E}\u{2066}b"

    /// Commands by their words; `/` begins what lies in the folder with the hostile name.
    private static let preparation = [
        "train /c.json --out /runs/c --quiet", "train /c.json --seed 1 --out /runs/d --quiet",
        "sweep /s.json --out /runs/s --quiet",
    ]
    private static let lines = [
        "validate /c.json /bad.json", "summary /c.json", "summary /bad.json", "summary /none.json",
        "evaluate /runs/c", "evaluate /none", "predict /runs/c /picture.pgm", "predict /runs/c /pictures",
        "predict /runs/c /none.png", "export /runs/c --to /c.keras", "export /runs/s --to /s.onnx",
        "import /c.keras --out /imported.json", "import /none.keras", "inspect /runs/c filters",
        "inspect /runs/c mistakes --out /mistakes.svg", "plot /runs/c", "plot /runs/c --out /p.svg", "plot /runs/s",
        "plot /none", "compare /runs/c /runs/d", "compare /runs/c /runs/s /none", "compare /runs/s --groups",
        "compare /runs/c /runs/d --csv", "compare /runs/c /runs/d --markdown", "ls /runs", "ls /none", "show /runs/c",
        "show /runs/s", "show /none", "sweep /s.json --dry-run", "sweep /s.json --print-commands",
        "sweep /s.json --out /runs/s --quiet", "sweep --status /runs/s", "sweep --status /none",
        "sweep --cancel /runs/s", "sweep --collect /runs/s", "sweep --collect /none", "train /c.json --out /runs/c",
        "train /c.json --out /runs/c --resume", "train /c.json --epochs 9 --out /runs/c --resume",
        "data info /own", "data verify /own", "data info /none/", "data sheet /own --out /own.svg",
        "data classes /own --out /own-classes.svg", "data embed /own --method pca --out /own-map.svg --quiet",
        "report /report.json --runs /",
        "report /bad.json", "report /report.json --runs /none", "export /runs/c --tensorboard --to /events",
    ]

    @Test func `whatever files are called, no command prints what a terminal obeys`() throws {
        let folder = try EmptyFolder()
        let home = "\(folder.path)/\(Self.name)"
        try write(in: home)
        func run(_ line: String, _ more: [String] = []) -> (code: ExitCode, printed: String) {
            var printed = ""
            let console = Console(width: 100, results: { printed += $0 }, messages: { printed += $0 })
            let words = line.split(separator: " ").map { $0.hasPrefix("/") ? home + $0 : String($0) }
            return (Tool.mnistLab.run(words + more, console: console), printed)
        }
        func expectHarmless(_ line: String, _ more: [String] = []) {
            let obeyed = run(line, more).printed.unicodeScalars.filter { $0.isObeyed && $0 != "\n" }
            #expect(obeyed.isEmpty, "\(line) \(more): \(Set(obeyed.map { String($0.value, radix: 16) }))")
        }
        for line in Self.preparation {
            let made = run(line)
            #expect(made.code == .success, "\(made.printed)")
        }
        for line in Self.lines {
            expectHarmless(line)
            let command = try #require(Tool.mnistLab.command(named: String(line.prefix { $0 != " " })))
            guard command.allOptions.contains(where: { $0.name == "json" }), !line.contains("--csv"),
                !line.contains("--markdown"), !line.contains("--tensorboard"), !line.contains("--print-commands")
            else { continue }
            expectHarmless(line, ["--json"])
        }
    }

    private func write(in home: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(home)/pictures/\(Self.name)", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: "\(home)/own", withIntermediateDirectories: true)
        func config(_ more: String = "") -> String {
            """
            { "name": \(JSON(Self.configName).compact), "dataset": { "path": "own", "validation": { "fraction": 0.2 } },
              "model": { "layers": [
                { "type": "Conv2D", "filters": 2, "kernel_size": 3, "activation": "relu" }, { "type": "Flatten" },
                { "type": "Dense", "units": 10, "activation": "softmax" }] },
              "training": { "epochs": 1 }\(more) }
            """
        }
        try AtomicFile.write(config(), to: "\(home)/c.json")
        let key = JSON(Self.name).compact
        try AtomicFile.write(
            config(#", "sweep": { "grid": { "training.batch_size": [8, 16] } }"#), to: "\(home)/s.json")
        try AtomicFile.write("{ \(key): \(key), \"dataset\": { \"name\": \(key) } }", to: "\(home)/bad.json")
        let report: JSON = [
            "title": JSON(Self.name),
            "studies": [["name": JSON(Self.name), "rows": [["config": "c.json", "label": JSON(Self.name)]]]],
        ]
        try AtomicFile.write(report.pretty, to: "\(home)/report.json")
        let picture = Array("P5 28 28 255\n".utf8) + (0..<784).map { UInt8(truncatingIfNeeded: $0) }
        try AtomicFile.write(picture, to: "\(home)/picture.pgm")
        try AtomicFile.write(picture, to: "\(home)/pictures/\(Self.name).pgm")
        try SyntheticDigits.make(training: 100, test: 40).write(to: "\(home)/own") { try AtomicFile.write($0, to: $1) }
    }
}
