import Schema
import TestSupport
import Testing

/// Mutated texts: read or refused, and never more than that.
@Suite struct JSONMutationTests {
    private static let texts = [
        #"{"name": "mnist", "layers": [{"type": "Dense", "units": 10}, null, true, false], "rate": -1.5e-3}"#,
        #"["\u00fc\ud83d\ude00\n\"\\/", "größe", 9223372036854775807, -9223372036854775808, 0.1, 1E400, -0]"#,
        "// a comment\n{ \"a\": [[[[[[[[{}]]]]]]]], \"b\": \"\", }\n",
    ].map { Array($0.utf8) }

    @Test func `no mutated JSON is more than read or refused`() {
        let run = MutationRun("JSON", of: Self.texts, count: 4000) { text in
            let json = try JSON(parsing: text)
            for written in [json.compact, json.pretty] {
                guard let again = try? JSON(parsing: written), again.compact == json.compact else {
                    throw MutationMistake("changes when it is written as \(written)")
                }
            }
        }
        #expect(run.complaints == [])
    }
}
