import Experiments
import Foundation
import Schema
import Testing

@Suite struct BadConfigTests {
    /// One config of `Fixtures/bad-configs.txt`.
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let overrides: [String]
        let messages: String
        let testDescription: String
    }

    static let cases = cases(in: "bad-configs.txt")
    static let graphs = cases(in: "bad-graphs.txt")

    private static func cases(in name: String) -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n").map(String.init)
            func rest(_ prefix: String) -> [String] {
                lines.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
            }
            guard let config = rest("> ").first else { return nil }
            let parts = config.split(separator: ": ", maxSplits: 1).map(String.init)
            let isKey = parts.count == 2 && parts[0].allSatisfy { $0.isLetter || $0 == "_" }
            return Case(
                text: isKey ? ConfigText(parts[0], parts[1]).text : config, overrides: rest("--set "),
                messages: rest("= ").joined(separator: "\n"), testDescription: block)
        }
    }

    @Test func `there are many of them`() {
        #expect(Self.cases.count >= 130)
        #expect(Self.graphs.count >= 50)
    }

    @Test(arguments: cases + graphs)
    func `a bad config says all that is wrong with it`(bad: Case) {
        #expect(!bad.messages.isEmpty)
        #expect(messages(bad.text, set: bad.overrides) == bad.messages)
    }

    @Test func `the config around them is right`() {
        #expect(messages(ConfigText().text) == "")
    }

    @Test func `five mistakes of five kinds get five messages, in the order of the text`() {
        let text = """
            {
              "name": "../warmup",
              "dataset": { "name": "minst", "validation": { "fraction": 0.1, } },
              "model": {
                "layers": [
                  { "type": "Conv2D", "filters": 32, "kernal_size": 3 },
                  { "for_each": "$hiden", "as": "units", "layers": [{ "type": "Dense", "units": "$units" }] },
                ],
              },
              "training": { "epochs": 1e999 },
              "let": { "hidden": [512] },
            }
            """
        #expect(
            messages(text) == """
                c.json:2:11: name: a run directory cannot be called "../warmup"; it contains a slash; - or _ will do
                c.json:3:24: dataset.name: unknown word "minst"; did you mean "mnist"?
                c.json:6:42: model.layers[0].kernal_size: unknown key; did you mean "kernel_size"?
                c.json:7:21: model.layers[1].for_each: unknown variable "$hiden"; did you mean "$hidden"?
                c.json:10:27: "1e999" is beyond the largest number, 1.7976931348623157e+308
                """)
    }

    @Test(arguments: [
        ([0x1F, 0x8B, 0x08, 0x00, 0xFF, 0xFE], "c.json:1:2: the text is not valid UTF-8 here; save it as UTF-8"),
        ([0x00, 0x01], "c.json:1:1: expected a value, found \"\\u0000\""),
        (Array("{\n  \"a\": 1\n".utf8), "c.json:3:1: the text ends within an object that begins in line 1, column 1"),
    ])
    func `files that are no text say so`(bytes: [UInt8], message: String) {
        let problems = #expect(throws: Problems.self) { try ConfigDocument(bytes, file: "c.json").resolved() }
        #expect(problems?.rendered().hasPrefix(message) == true)
    }

    @Test func `files that never end are read no further than any config goes`() throws {
        let document = try ConfigDocument(reading: "/dev/zero")
        let problems = #expect(throws: Problems.self) { try document.resolved() }
        #expect(problems?.rendered() == "/dev/zero: the text is larger than 16 MiB")
    }

    @Test(arguments: ["/nowhere/at/all.json", "/", "/proc/self/mem"])
    func `files that cannot be read are named`(path: String) {
        #expect { try ConfigDocument(reading: path) } throws: { "\($0)".hasPrefix("cannot read \(path): ") }
    }
}
