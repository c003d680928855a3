import Experiments
import Foundation
import Schema
import Testing

@testable import CommandLineTool

/// What the README shows is what a reader gets.
@Suite struct ReadmeDocumentationTests {
    @Test(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
    func `the training in the README looks like one`() throws {
        let shown = try Documentation.part("terminal", of: Documentation.readme)
        // A fraction of the images is enough to see what the lines look like.
        let brief = ["--set", "dataset.train_limit=640", "--set", "expect.test_accuracy.min=0.01"]
        let (head, rest) = try Self.training(brief)
        guard !shown.hasPrefix(head) || Self.withoutFigures(shown) != Self.withoutFigures(head + rest) else { return }
        guard Documentation.isUpdating else {
            Issue.record("the training in README.md is out of date: it should look like\n\(head)\(rest)")
            return
        }
        let whole = try Self.training([])
        try Documentation.replace(
            "terminal", in: Documentation.readme, with: String((whole.head + whole.rest).dropLast()))
    }

    /// What the quickstart prints, without what is in the middle: the layers; the epochs and the results.
    private static func training(_ options: [String]) throws -> (head: String, rest: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let config = "configs/quickstart.json"
        let path = Documentation.root.appending(path: config).path
        let run = try BuiltTool(["train", path, "--offline"] + options, in: folder)
        #expect(run.status == 0, "\(run.messages)")
        let paragraphs = run.messages.components(separatedBy: "\n\n")
        try #require(paragraphs.count > 3)
        return (
            "```text\n$ mnist-lab train \(config)\n\(paragraphs[0])\n\n\(paragraphs[1])\n\n…\n\n",
            "\(paragraphs[paragraphs.count - 1])\(run.output)```\n"
        )
    }

    /// The same with every number, and the space before it, alike, and every duration.
    private static func withoutFigures(_ text: String) -> String {
        text.replacing(#/ *[0-9][0-9.,]*/#, with: " #").replacing(#/( # (ms|s|min|h))+\n/#, with: " a while\n")
    }

    @Test func `the config in the README is one, and its mistakes are found where the README says`() throws {
        let readme = try Documentation.text(of: Documentation.readme)
        let config = try String(#require(readme.firstMatch(of: #/```jsonc\n([\s\S]*?)```/#)).1)
        _ = try ConfigDocument([UInt8](config.utf8), file: "my-first.json").resolved()
        let wrong = config.replacing("\"Conv2D\"", with: "\"Con2D\"").replacing("batch_size", with: "batch_sizes")
        do throws(Problems) {
            _ = try ConfigDocument([UInt8](wrong.utf8), file: "my-first.json").resolved()
            Issue.record("mistakes were not found")
        } catch {
            let messages = error.rendered().split(separator: "\n")
            #expect(messages.count == 2)
            for message in messages { #expect(readme.contains(message.prefix(100)), "\(message)") }
        }
    }
}
