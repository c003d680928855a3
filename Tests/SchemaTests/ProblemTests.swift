import Schema
import Testing

@Suite struct ProblemTests {
    @Test func `a problem is rendered with all that is known of its place`() {
        let position = Position(line: 14, column: 9)
        let problem = Problem(
            "unknown key", at: position, path: "model.layers[2].kernal_size", remedy: "did you mean \"kernel_size\"?")
        #expect(
            problem.rendered(file: "configs/a.json")
                == "configs/a.json:14:9: model.layers[2].kernal_size: unknown key; did you mean \"kernel_size\"?")
        #expect(Problem("empty", at: position).rendered() == "14:9: empty")
        #expect(Problem("empty", path: "a.b").rendered(file: "a.json") == "a.json: a.b: empty")
        #expect(Problem("empty").rendered() == "empty")
    }

    @Test func `a problem with what was said elsewhere names that in place of the file`() {
        let position = Position(line: 1, column: 9, source: "--set a=1")
        let problem = Problem("empty", at: position, path: "a")
        #expect(problem.rendered(file: "a.json") == "--set a=1: a: empty")
        let places = [position, Position(line: 9, column: 9), Position(line: 2, column: 1, source: "--set a=1")]
        #expect(places.sorted().map(\.line) == [9, 1, 2])
    }

    @Test func `the same problem in the same place is one, and is counted`() {
        let place = Position(line: 1, column: 2)
        var problems = Problems()
        for index in 0..<200 { problems.append(Problem("a", at: place, path: "layers[\(index)]")) }
        problems.append(Problem("a", at: place, path: "layers"))
        problems.append(Problem("b", at: place))
        problems.append(Problem("a"))
        problems.append(Problem("a"))
        #expect(problems.list.map(\.path) == ["layers[0]", "layers", "", "", ""])
        #expect(problems.count == 204)
        #expect(problems.omitted == 0)
    }

    @Test func `problems are sorted by their place, those without one last`() {
        let problems = Problems([
            Problem("d"), Problem("c", at: Position(line: 2, column: 1)), Problem("e"),
            Problem("b", at: Position(line: 1, column: 9)), Problem("a", at: Position(line: 1, column: 2)),
        ])
        #expect(problems.sorted.list.map(\.message) == ["a", "b", "c", "d", "e"])
    }

    @Test(
        arguments: [
            (Path.root, ""), (.key("a", of: .root), "a"), (.key("b", of: .key("a", of: .root)), "a.b"),
            (.key("b", of: .element(2, of: .key("a", of: .root))), "a[2].b"), (.element(0, of: .root), "[0]"),
            (.key("a b", of: .key("let", of: .root)), "let[\"a b\"]"), (.key("", of: .root), "[\"\"]"),
            (.key("\u{1B}[2J", of: .root), "[\"\\u001b[2J\"]"),
        ] as [(Path, String)])
    func `paths read as one would write them`(path: Path, text: String) {
        #expect(path.description == text)
    }

    @Test func `what comes from outside is quoted so that terminals obey nothing in it`() {
        #expect(
            quoted("a\u{1B}]0;x\u{7}\r\u{9B}\u{202E}\u{E000}") == "\"a\\u001b]0;x\\u0007\\u000d\\u009b\\u202e\\ue000\"")
        #expect(quoted(String(repeating: "x", count: 100)) == "\"" + String(repeating: "x", count: 60) + "…\"")
    }
}
