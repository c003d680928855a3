import Reporting
import Schema
import Testing

@testable import CommandLineTool

@Suite struct ToolTests {
    #if os(Linux)
    @Test func `the executable is where tests of real processes look for it`() {
        // Without it they are skipped, and nobody would notice.
        #expect(BuiltTool.isThere, "\(BuiltTool.path)")
    }
    #endif

    @Test(
        arguments: [
            ("train a.json", ExitCode.unmet, "trains a.json\n", ""),
            ("--out validate train a.json", .unmet, "trains a.json\n", ""),
            ("--json --epochs=2 train --out x a.json", .unmet, "trains a.json\n", ""),
            ("--version", .success, "sample 1.2.3\n", ""),
            ("train --version", .success, "sample 1.2.3\n", ""),
            (
                "trian a.json", .usage, "",
                "error: unknown command \"trian\"; did you mean \"train\"?\nsee: sample help\n"
            ),
            (
                "frobnicate", .usage, "",
                "error: unknown command \"frobnicate\"; known: train, validate, data, fail, help\nsee: sample help\n"
            ),
            ("help trian", .usage, "", "error: unknown topic \"trian\"; did you mean \"train\"?\nsee: sample help\n"),
            (
                "help Conv3D", .usage, "",
                "error: unknown topic \"Conv3D\"; did you mean \"Conv2D\"?\nsee: sample help\n"
            ),
            (
                "train --epoch 5 a.json", .usage, "",
                """
                error: unknown option "--epoch"; did you mean --epochs?
                error: unexpected argument "a.json"
                usage: sample train CONFIG [options]
                see: sample help train

                """
            ),
            (
                "--versoin", .usage, "",
                "error: unknown option \"--versoin\"; did you mean --version?\nsee: sample help\n"
            ),
            (
                "-- train a", .usage, "",
                "error: unexpected argument \"train\"\nerror: unexpected argument \"a\"\nsee: sample help\n"
            ),
            ("--", .usage, "", "error: missing command\nsee: sample help\n"),
            (
                "data", .failure, "", "error: cannot read a.idx: No such file or directory; check its name\n"
            ),
            ("fail", .usage, "", "a.json:3:5: modle: unknown key\n"),
        ] as [(String, ExitCode, String, String)])
    func `a command line ends as it should`(line: String, code: ExitCode, results: String, messages: String) {
        let ended = Sample.run(line)
        #expect(ended.code == code)
        #expect(ended.results == results)
        #expect(ended.messages == messages)
    }

    @Test func `nothing that comes from outside makes the terminal obey`() {
        var messages = ""
        let console = Console(results: { _ in }, messages: { messages += $0 })
        let path = "a\u{1B}[2J\u{9B}31m\u{202E}.json"
        var problems = Problems([Problem("unknown key", path: "a\u{1B}[1m")])
        problems.file = path
        let errors: [any Error] = [FileError("read", path, code: 2), problems, UsageError(problems)]
        for error in errors { _ = Sample.tool.report(error, to: console) }
        #expect(messages.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!messages.unicodeScalars.contains("\u{202E}"))
        #expect(messages.contains("a\u{FFFD}[2J"))
    }

    @Test(
        arguments: [
            ("a-b_c/1.json", "a-b_c/1.json"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"),
            ("q'\u{301};ls", "'q'\\''\u{301};ls'"), ("a\u{1B}[2J'b", "$'a\\033[2J\\047b'"), ("a\nb", "$'a\\012b'"),
        ])
    func `a word is quoted as a shell reads it back`(word: String, quoted: String) {
        #expect(shellQuoted(word) == quoted)
    }

    @Test func `results that cannot be written make a run fail, unless nobody reads them`() {
        func run(_ line: [String], code: Int32) -> (ExitCode, String) {
            var messages = ""
            let console = Console(
                results: { _ throws(FileError) in throw FileError("write", "standard output", code: code) },
                messages: { messages += $0 })
            return (Sample.tool.run(line, console: console), messages)
        }
        let full = "error: cannot write standard output: No space left on device; free some space and try again\n"
        #expect(run(["--version"], code: 28) == (.failure, full))
        #expect(run(["train", "a"], code: 28) == (.unmet, full))
        #expect(run(["--version"], code: 32) == (.success, ""))
    }

    @Test func `the same option takes a value in every command or in none`() {
        for tool in [Tool.mnistLab, Sample.tool] {
            let options = tool.commands.flatMap(\.allOptions)
            for (name, group) in Dictionary(grouping: options, by: \.name) {
                #expect(Set(group.map { $0.placeholder == nil }).count == 1, "--\(name)")
            }
            #expect(Set(tool.commands.map(\.name)).count == tool.commands.count)
        }
    }

    @Test func `only an argument that comes last may be many or absent`() {
        for command in Tool.mnistLab.commands + Sample.tool.commands {
            let isOpen = command.arguments.map { $0.count.upperBound > 1 }
            #expect(!isOpen.dropLast().contains(true), "\(command.name)")
            let isRequired = command.arguments.map { $0.count.lowerBound > 0 }
            #expect(isRequired == isRequired.sorted { $0 && !$1 }, "\(command.name)")
        }
    }
}
