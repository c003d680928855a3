import Experiments
import Foundation
import Testing

@testable import CommandLineTool

@Suite(.serialized) struct ReadmeTests {
    static let tool = Tool.mnistLab

    @Test func `every command and option is in the README, as help explains it`() throws {
        let commands = Self.tool.commands.map { ["`\($0.usage)`", $0.summary] }
        try Readme.expect(
            "commands",
            toBe: Self.table(["command", "does"], commands) + "\n"
                + Self.table(["option", "for", "meaning"], Self.options))
    }

    @Test func `every exit code is in the README`() throws {
        let rows = ExitCode.allCases.map { ["\($0.rawValue)", $0.meaning] }
        try Readme.expect("exit codes", toBe: Self.table(["code", "meaning"], rows))
    }

    @Test func `the config reference in the README is generated from what reads configs`() throws {
        try Readme.expect("config", toBe: ExperimentConfig.documentReference(level: 3))
    }

    @Test func `the layer in the README is one of the source`() throws {
        let source = try Readme.text(of: "Sources/Layers/Layers/LeakyReLU.swift")
        try Readme.expect("layer", toBe: "```swift\n\(source)```")
        #expect(try Readme.text(of: "Sources/Layers/Layer.swift").contains("LeakyReLU.self"))
    }

    @Test func `every file of a run directory is in the README`() throws {
        let lines = try Readme.text(of: "README.md").split(separator: "\n")
        let named = lines.filter { $0.hasPrefix("| `") && $0.contains(#/`[a-z]+\.(json|csv|txt|safetensors)`/#) }
            .flatMap { $0.split(separator: "|")[0].matches(of: #/`([^`]+)`/#).map { String($0.1) } }
        #expect(Set(named) == Set(RunFile.allCases.map(\.rawValue)))
        #expect(named.count == RunFile.allCases.count)
    }

    @Test func `what the README and help give as examples is understood, and its configs exist`() throws {
        let shown = try Readme.text(of: "README.md").split(separator: "\n").filter {
            $0.contains(#/^(swift run .*)?mnist-lab /#)
        }
        let examples = Self.tool.commands.flatMap(\.examples).map { "mnist-lab \($0.line)" }
        #expect(shown.count >= 4)
        for line in shown.map(String.init) + examples {
            let words = line.split(separator: " ").map(String.init).drop { $0 != "mnist-lab" }.dropFirst()
            let command = try #require(Self.tool.command(named: words.first ?? ""), "\(line)")
            let operands = try command.scan(Array(words.dropFirst())).operands
            for config in operands where config.hasSuffix(".json") && !config.contains("*") {
                #expect(
                    FileManager.default.fileExists(atPath: Readme.root.appendingPathComponent(config).path), "\(line)")
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
