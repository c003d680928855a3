import Experiments
import Foundation
import Testing

@testable import CommandLineTool

/// Parts of the documentation that follow from the code.
@Suite(.serialized) struct DocumentationTests {
    static let tool = Tool.mnistLab

    @Test func `every command and option is documented as help explains it`() throws {
        let commands = Self.tool.commands.map { ["`\($0.usage)`", $0.summary] }
        try Documentation.expect(
            "commands", in: Documentation.page("Commands"),
            toBe: Self.table(["command", "does"], commands) + "\n"
                + Self.table(["option", "for", "meaning"], Self.options))
    }

    @Test func `every exit code is documented`() throws {
        let rows = ExitCode.allCases.map { ["\($0.rawValue)", $0.meaning] }
        try Documentation.expect(
            "exit codes", in: Documentation.page("Commands"), toBe: Self.table(["code", "meaning"], rows))
        let endings = Ending.all.map { ["\($0.code.rawValue)", $0.situation] }
        try Documentation.expect(
            "situations", in: Documentation.page("Commands"), toBe: Self.table(["code", "situation"], endings))
    }

    @Test func `the config reference is generated from what reads configs`() throws {
        try Documentation.expect(
            "config", in: Documentation.page("ConfigReference"), toBe: ExperimentConfig.documentReference())
    }

    @Test(arguments: [("layer", "AddingALayer", "LeakyReLU"), ("operation", "AddingAnOperation", "Rescale")])
    func `what is shown as an example is a whole file of the source`(title: String, page: String, name: String) throws {
        let source = try Documentation.source("\(name).swift")
        try Documentation.expect(title, in: Documentation.page(page), toBe: "```swift\n\(source)```")
    }

    @Test func `the layer that is shown is in the list of layers`() throws {
        #expect(try Documentation.source("Layer.swift").contains("LeakyReLU.self"))
    }

    @Test func `every file of a run directory is documented`() throws {
        let lines = try Documentation.text(of: Documentation.page("RunDirectory")).split(separator: "\n")
        let documented = RunFile.allCases + [.tensorBoard]
        let named = lines.filter { $0.hasPrefix("| `") }
            .flatMap { $0.split(separator: "|")[0].matches(of: #/`([^`]+)`/#).map { String($0.1) } }
        #expect(Set(named) == Set(documented.map(\.rawValue)))
        #expect(named.count == documented.count)
    }

    @Test func `every fault of the campaign is documented`() throws {
        let scripts = Documentation.root.appendingPathComponent("Tests/Faults/campaign")
        let files = try FileManager.default.contentsOfDirectory(at: scripts, includingPropertiesForKeys: nil)
        let faults = try files.filter { $0.pathExtension == "py" }.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).matches(of: #/@fault\(.+\)\ndef (\w+)/#).map {
                $0.1.replacingOccurrences(of: "_", with: "-")
            }
        }
        let rows = try Documentation.text(of: Documentation.page("Faults")).matches(of: #/\n\| `([a-z-]+)` \|/#)
        #expect(Set(faults) == Set(rows.map { String($0.1) }))
        #expect(faults.count == rows.count && faults.count > 10)
    }

    @Test func `commands in the documentation and in help are understood, and their configs exist`() throws {
        let shown = try ([Documentation.readme] + Documentation.pages).flatMap { file in
            try Documentation.text(of: file).split(separator: "\n").filter {
                $0.contains(#/^(\$ |swift run .*)?mnist-lab [a-z]/#)
            }
        }
        let examples = Self.tool.commands.flatMap(\.examples).map { "mnist-lab \($0.line)" }
        #expect(shown.count >= 15)
        for line in shown.map(String.init) + examples {
            let words = line.split(separator: " ").map(String.init).drop { $0 != "mnist-lab" }.dropFirst()
                .prefix { $0 != ">" }
            let command = try #require(Self.tool.command(named: words.first ?? ""), "\(line)")
            let operands = try command.scan(Array(words.dropFirst())).operands
            for config in operands where config.hasPrefix("configs/") && !config.contains("*") {
                #expect(
                    FileManager.default.fileExists(atPath: Documentation.root.appendingPathComponent(config).path),
                    "\(line)")
            }
        }
    }

    /// A row for each option, with the commands that know it.
    private static var options: [[String]] {
        var rows: [(head: String, meaning: String, commands: [String])] = []
        for command in tool.commands {
            for option in command.options {
                let head = "--\(option.name)" + (option.placeholder.map { " \($0)" } ?? "")
                if let index = rows.firstIndex(where: { $0.head == head && $0.meaning == option.summary }) {
                    rows[index].commands.append(command.name)
                } else {
                    rows.append((head, option.summary, [command.name]))
                }
            }
        }
        let common = Command.commonOptions.map { ["`--\($0.name)`", "all", $0.summary] }
        return rows.map { ["`\($0.head)`", $0.commands.joined(separator: ", "), $0.meaning] } + common
    }

    private static func table(_ titles: [String], _ rows: [[String]]) -> String {
        let rule = titles.map { _ in "---" }
        return ([titles] + rows).enumerated().map { index, cells in
            let line =
                "| \(cells.map { $0.replacing("|", with: "\\|").replacing("<", with: "\\<") }.joined(separator: " | ")) |\n"
            return index == 0 ? line + "|\(rule.joined(separator: "|"))|\n" : line
        }.joined()
    }
}
