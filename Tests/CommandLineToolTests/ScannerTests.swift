import Schema
import Testing

@testable import CommandLineTool

@Suite struct ScannerTests {
    static func call(_ words: [String], _ name: String = "train") throws -> Call {
        let command = try #require(Sample.tool.command(named: name))
        let console = Console(results: { _ in }, messages: { _ in })
        return Call(try command.scan(words), of: command, tool: Sample.tool, console: console)
    }

    @Test(arguments: [
        ["a.json", "--out", "runs/a", "--epochs", "5", "--json"],
        ["--out", "runs/a", "--epochs=5", "--json", "a.json"],
        ["--json", "a.json", "--out=runs/a", "--epochs", "5"],
        ["--out=x", "--epochs=5", "--json", "--out=runs/a", "a.json"],
        ["--out", "runs/a", "--json", "--epochs", "5", "--", "a.json"],
    ])
    func `options stand before or after arguments, with or without equals sign`(words: [String]) throws {
        let call = try Self.call(words)
        #expect(call.operands == ["a.json"])
        #expect(call[Sample.out] == "runs/a")
        #expect(call[Sample.epochs] == 5)
        #expect(call[Sample.json])
        #expect(call[Sample.progress] == nil)
        #expect(call[Sample.set] == [])
    }

    @Test func `values are read as the option's type says`() throws {
        let call = try Self.call([
            "-", "--out", "5", "--rate", "1", "--progress", "never", "--set", "a=1", "--set=b=x=y", "--set=",
        ])
        #expect(call.operands == ["-"])
        #expect(call[Sample.out] == "5")
        #expect(call[Sample.rate] == 1)
        #expect(call[Sample.progress] == .never)
        #expect(call[Sample.set] == ["a=1", "b=x=y", ""])
    }

    @Test func `after two dashes everything is an argument`() throws {
        let call = try Self.call(["--", "--json", "--", "-x"], "validate")
        #expect(call.operands == ["--json", "--", "-x"])
    }

    @Test(
        arguments: [
            (
                "train", ["a.json", "--epoch", "5"],
                ["unknown option \"--epoch\"; did you mean --epochs?", "unexpected argument \"5\""]
            ),
            ("train", ["a.json", "--epoch=5"], ["unknown option \"--epoch\"; did you mean --epochs?"]),
            ("train", ["a.json", "-epochs"], ["unknown option \"-epochs\"; did you mean --epochs?"]),
            ("train", ["a.json", "-e"], ["unknown option \"-e\""]),
            ("train", ["a.json", "---json"], ["unknown option \"---json\"; did you mean --json?"]),
            ("train", ["a.json", "--JSON"], ["unknown option \"--JSON\"; did you mean --json?"]),
            ("train", ["a.json", "--wholly-unknown=1"], ["unknown option \"--wholly-unknown\""]),
            ("train", ["a.json", "--=1"], ["unknown option \"--\""]),
            ("train", ["a.json", "--json=1"], ["--json takes no value"]),
            ("train", ["a.json", "--out"], ["--out needs a value; write --out DIR"]),
            ("train", ["a.json", "--out", "--json"], ["--out needs a value; write --out DIR"]),
            ("train", ["a.json", "--epochs", "-1"], ["--epochs: expected a whole number of at least 0, found -1"]),
            ("train", ["a.json", "--epochs", "2.5"], ["--epochs: expected a whole number of at least 0, found 2.5"]),
            (
                "train", ["a.json", "--epochs="],
                ["--epochs: expected a whole number of at least 0, found the string \"\""]
            ),
            (
                "train", ["a.json", "--epochs", "x"],
                ["--epochs: expected a whole number of at least 0, found the string \"x\""]
            ),
            (
                "train", ["a.json", "--rate", "1e999"],
                ["--rate: expected a number above 0, found the string \"1e999\""]
            ),
            (
                "train", ["a.json", "--progress", "alwys"],
                ["--progress: unknown word \"alwys\"; did you mean \"always\"?"]
            ),
            ("train", [], ["missing argument CONFIG"]),
            ("train", ["--json", "--nope"], ["unknown option \"--nope\"", "missing argument CONFIG"]),
            ("train", ["a", "b", "c"], ["unexpected argument \"b\"", "unexpected argument \"c\""]),
            ("train", ["a", "\u{1B}[2J"], ["unexpected argument \"\\u001b[2J\""]),
            ("validate", [], ["missing argument CONFIG"]),
            ("data", ["a", "b", "c"], ["unexpected argument \"c\""]),
        ] as [(String, [String], [String])])
    func `what cannot be understood is said all at once`(name: String, words: [String], messages: [String]) throws {
        let command = try #require(Sample.tool.command(named: name))
        #expect {
            try command.scan(words)
        } throws: {
            ($0 as? UsageError)?.problems.list.map { $0.rendered() } == messages
        }
    }

    @Test(arguments: [("validate", ["a", "b", "c"]), ("data", []), ("data", ["list"]), ("data", ["fetch", "mnist"])])
    func `arguments may be many or absent where the command says so`(name: String, words: [String]) throws {
        #expect(try Self.call(words, name).operands == words)
    }
}
