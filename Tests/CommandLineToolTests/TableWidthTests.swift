import Foundation
import Reporting
import Testing

@testable import CommandLineTool

/// Tables that go to a file or a program instead of a screen.
@Suite struct TableWidthTests {
    private static let config = """
        { "name": "tiny", "dataset": { "name": "synthetic-digits", "train_limit": 50, "test_limit": 20,
            "validation": { "fraction": 0.2 } },
          "model": { "layers": [ { "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" } ] },
          "training": { "epochs": 1 }
        """

    /// In this order, in a folder with `tiny.json` and a sweep of it.
    private static let lines = [
        "summary @/tiny.json", "summary @/tiny.json --kernels", "train @/tiny.json --out @/a", "evaluate @/a",
        "inspect @/a pairs", "sweep @/sweep.json --dry-run", "sweep @/sweep.json --out @/s --shard 1/2",
        "sweep @/sweep.json --out @/s", "sweep --collect @/s", "data info synthetic-digits",
    ]

    @Test func `where there is no screen, no table is cut`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let sweep = Self.config + #", "sweep": { "grid": { "training.batch_size": [8, 16] }, "repeats": 2 } }"#
        try AtomicFile.write(Self.config + "}", to: "\(folder)/tiny.json")
        try AtomicFile.write(sweep, to: "\(folder)/sweep.json")
        for line in Self.lines {
            let words = line.split(separator: " ").map { String($0).replacing("@", with: folder) }
            var results = ""
            let console = Console(width: 20, tableWidth: 1000, results: { results += $0 }, messages: { _ in })
            #expect(Tool.mnistLab.run(words, console: console) == .success)
            #expect(!results.isEmpty && !results.contains("…"), "\(line): \(results)")
        }
    }
}
