import Foundation
import Testing

@testable import CommandLineTool

/// Whatever a page tells its readers to type.
@Suite struct DocumentedCommandTests {
    /// A line that calls the tool, and where it stands.
    struct Line: CustomTestStringConvertible {
        let file: String
        let text: String
        var testDescription: String { "\(file): \(text)" }

        /// What follows the tool's name, up to what is for the shell.
        var words: [String] {
            let call = text.replacing(#/^.*?\bmnist-lab /#, with: "")
            return call.split(separator: " ").map { $0.trimmingCharacters(in: ["'"]) }
                .prefix { ![">", "|", "&&", "#", "\\"].contains($0) }
        }
    }

    static let files: [String] = {
        let pages = (try? Documentation.pages) ?? []
        return [Documentation.readme, "CONTRIBUTING.md", "data/README.md"] + Documentation.pagesOfConfigs + pages
    }()

    /// The lines of code blocks that call the tool, with those that end in a backslash joined.
    static let lines: [Line] = files.flatMap { file -> [Line] in
        let text = ((try? Documentation.text(of: file)) ?? "").replacing(#/\\\n */#, with: "")
        return blocks(of: text).flatMap { block in
            block.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { $0.contains(#/^(\$ |[A-Z_]+=\S+ |swift run .*)?mnist-lab [a-z-]/#) }
                .map { Line(file: file, text: $0.replacing(#/^\$ /#, with: "")) }
        }
    }

    /// What stands in the text as `mnist-lab …`, unless something is left out there.
    static let phrases: [Line] = files.flatMap { file -> [Line] in
        let text = (try? Documentation.text(of: file)) ?? ""
        return prose(of: text).matches(of: #/`(mnist-lab [a-z-][^`]*)`/#).map { String($0.1) }
            .filter { !$0.contains("…") }.map { Line(file: file, text: $0.replacing("\n", with: " ")) }
    }

    /// What the configs say at their heads.
    static let heads: [Line] = {
        let paths =
            FileManager.default.enumerator(atPath: Documentation.root.path + "/configs")?
            .compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".json") || $0.hasSuffix(".jsonc") }.sorted().flatMap { path -> [Line] in
            let text = (try? Documentation.text(of: "configs/\(path)")) ?? ""
            return text.matches(of: #/\n\/\/     (mnist-lab .+)/#).map {
                Line(file: "configs/\(path)", text: String($0.1))
            }
        }
    }()

    @Test(arguments: lines + phrases + heads)
    func `a command that is shown is understood`(line: Line) throws {
        let words = line.words
        if words.first?.hasPrefix("--") == true {
            let alone = Command("mnist-lab", "", options: [Common.json]) { _ in .success }
            _ = try alone.scan(words)
            return
        }
        let command = try #require(Tool.mnistLab.command(named: words.first ?? ""), "no such command")
        // A phrase may name a command without its arguments.
        let operands =
            words.count == 1 ? [] : try command.scan(Array(words.dropFirst())).operands
        for config in operands where config.hasPrefix("configs/") && !config.contains("*") {
            #expect(FileManager.default.fileExists(atPath: Documentation.root.appending(path: config).path))
        }
    }

    @Test func `there are many of them`() {
        #expect(Self.lines.count >= 60 && Self.phrases.count >= 10 && Self.heads.count >= 30)
    }

    /// Words that say that neither data nor an earlier run is needed.
    static let harmless: [Line] = (lines + heads).filter { line in
        let isQuick = ["help", "completions", "manual", "validate", "summary", "--version"].contains(line.words.first)
        return isQuick && !line.text.contains("swift run") && line.words.allSatisfy { !$0.contains("my-") }
    }

    @Test(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"), arguments: harmless)
    func `a command that needs no data does what it should`(line: Line) throws {
        let folder = try EmptyFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/configs", withDestinationPath: Documentation.root.path + "/configs")
        for place in [
            ".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions", ".local/share/man/man1",
        ] {
            try FileManager.default.createDirectory(
                atPath: "\(folder.path)/\(place)", withIntermediateDirectories: true)
        }
        let tools = URL(fileURLWithPath: BuiltTool.path).deletingLastPathComponent().path
        let run = try BuiltTool(
            ["--version"], in: folder.path,
            after: "HOME='\(folder.path)'; PATH='\(tools)':\"$PATH\"; set -e; \(line.text)")
        #expect(run.status == 0, "\(run.messages)")
    }

    @Test(arguments: files)
    func `an option that is named is one`(file: String) throws {
        let known = Set(Tool.mnistLab.commands.flatMap(\.allOptions).map(\.name))
        // Those of sbatch, and of other programs.
        let foreign: Set = [
            "account", "array", "chdir", "mail-type", "mem", "name", "ntasks", "partition", "signal", "time",
        ]
        for match in Self.prose(of: try Documentation.text(of: file)).matches(of: #/`--([a-z-]+)[^`]*`/#) {
            let name = String(match.1)
            #expect(known.contains(name) || foreign.contains(name) || name.isEmpty, "--\(name)")
        }
    }

    @Test(arguments: files)
    func `a script that is shown is there`(file: String) throws {
        let root = Documentation.root
        for block in Self.blocks(of: try Documentation.text(of: file)) {
            for match in block.matches(of: #/(?:^|\n)(?:[A-Z_]+=\S+ )?((?:\.ci|Tests|configs)\/[A-Za-z\/.]+)/#) {
                #expect(
                    FileManager.default.isExecutableFile(atPath: root.appending(path: String(match.1)).path),
                    "\(match.1)")
            }
        }
    }

    private static func blocks(of text: String) -> [String] {
        text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }

    private static func prose(of text: String) -> String {
        text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
    }
}
