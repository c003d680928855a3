import Schema
import Testing

@testable import Experiments

@Suite struct ReportPlanTests {
    static func message(_ plan: () throws -> ReportPlan) -> String {
        do {
            _ = try plan()
            return ""
        } catch let problems as Problems {
            return problems.rendered()
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        (
            #"{ "config": "plainn" }"#,
            "r.jsonc:2:13: studies[0].rows[0].config: unknown config \"plainn\"; did you mean \"plain\"?"
        ),
        (#"{ "config": "plain", "parametres": 1 }"#, "unknown key; did you mean \"parameters\"?"),
        (#"{ "parameters": 1 }"#, "missing key \"config\""),
        (
            #"{ "config": "plain", "settings": { "training.batch_size": 64 } }"#,
            "r.jsonc:2:34: studies[0].rows[0].settings: the config has no such combination; nothing varies in it"
        ),
        (
            #"{ "config": "swept", "settings": { "training.batch_size": 32 } }"#,
            #"the config has no such combination; known: {"training.batch_size":64}, {"training.batch_size":128}"#
        ),
        (#"{ "config": "swept", "settings": { "training..batch": 32 } }"#, "this is no path"),
        (
            #"{ "config": "swept" }, { "config": "swept", "settings": { "training.batch_size": 64 } }"#,
            "studies[0].rows[1].settings: other rows are about these runs already; leave one of them out"
        ),
        (
            #"{ "config": "plain", "reported": { "val_acuracy": 0.9 } }"#,
            "studies[0].rows[0].reported.val_acuracy: unknown figure \"val_acuracy\"; did you mean \"val_accuracy\"?"
        ),
        (
            #"{ "config": "plain", "reported": { "val_accuracy@0": 0.9 } }"#,
            "\"0\" is no epoch; write \"last\", \"kept\" or a number counted from 1"
        ),
        (#"{ "config": "plain", "reported": { "accuracy": 97.34 } }"#, "an accuracy is at most 1; write 0.98 for 98 %"),
        (
            #"{ "config": "plain", "reported": { "accuracy": "97" } }"#,
            "expected a number, an array of numbers, or an object"
        ),
        (#"{ "config": "plain", "reported": { "accuracy": {} } }"#, "neither \"min\" nor \"max\" is given"),
        (#"{ "config": "plain", "reported": { "accuracy": [0.9] } }"#, "expected an array of at least 2, found 1"),
        (#"{ "config": "plain", "at": "first" }"#, "expected \"last\", \"kept\" or an epoch counted from 1"),
    ])
    func `what is wrong with a row is said with its place and a remedy`(row: String, message: String) throws {
        let reports = try SampleReports()
        let said = Self.message { try reports.plan(rows: row) }
        #expect(said.contains(message), "\(said)")
        #expect(said.hasPrefix("r.jsonc:2:"))
        #expect(!said.contains("\n"))
    }

    static let row = #"{ "config": "swept" }"#

    @Test(
        arguments: [
            (#"{ "first": {}, "is": "less", "second": {} }"#, "missing key \"claim\""),
            (#"{ "claim": "c", "first": { "figure": "loss" }, "is": "less", "second": {} }"#, "missing key \"config\""),
            (
                #"{ "claim": "c", "first": { "config": "plain" }, "is": "less", "second": {} }"#,
                "missing key \"figure\""
            ),
            (
                #"{ "claim": "c", "first": { "config": "plain", "figure": "loss" }, "is": "lesser", "second": {} }"#,
                "claims[0].is: unknown word \"lesser\"; did you mean \"less\"?"
            ),
            (
                #"{ "claim": "c", "first": { "config": "plain", "figure": "los" }, "is": "less", "second": {} }"#,
                "claims[0].first.figure: unknown figure \"los\"; did you mean \"loss\"?"
            ),
            (
                #"{ "claim": "c", "first": { "config": "plain", "figure": "loss" }, "is": "less", "second": { "config": "plan" } }"#,
                "claims[0].second.config: unknown config \"plan\"; did you mean \"plain\"?"
            ),
            (
                #"{ "claim": "c", "first": { "config": "swept", "figure": "loss", "settings": { "training.batch_size": 1 } }, "is": "less", "second": { "settings": { "training.batch_size": 64 } } }"#,
                "claims[0].first.settings: the config has no such combination"
            ),
            (
                #"{ "claim": "c", "first": { "config": "plain", "figure": "loss" }, "is": "less", "second": {}, "within": 1 }"#,
                "claims[0].within: this is only for what is \"equal\""
            ),
        ])
    func `what is wrong with a claim is said with its place and a remedy`(claim: String, message: String) throws {
        let reports = try SampleReports()
        let said = Self.message { try reports.plan(rows: Self.row, claims: claim) }
        #expect(said.contains(message), "\(said)")
        #expect(said.hasPrefix("r.jsonc:3:"))
    }

    @Test func `two mistakes get two messages, and a text that is no JSON one`() throws {
        let reports = try SampleReports()
        let rows = #"{ "config": "a" }, { "config": "b" }"#
        #expect(Self.message { try reports.plan(rows: rows) }.split(separator: "\n").count == 2)
        #expect(Self.message { try reports.plan("[") }.hasPrefix("r.jsonc:1:2: the text ends within an array"))
        try "{".write(toFile: "\(reports.folder)/broken.json", atomically: false, encoding: .utf8)
        let said = Self.message { try reports.plan(rows: #"{ "config": "broken" }"#) }
        #expect(said.contains("studies[0].rows[0].config: the config cannot be used: "), "\(said)")
        #expect(said.contains("broken.json:1:2: the text ends within an object"), "\(said)")
    }

    @Test func `a row without settings stands for what no row before it has taken`() throws {
        let reports = try SampleReports()
        let plan = try reports.plan(
            rows:
                #"{ "config": "swept", "settings": { "training.batch_size": 128 } }, { "config": "swept" }, { "config": "swept", "runs": "again" }, { "config": "plain" }"#
        )
        let groups = plan.studies[0].rows.map { $0.groups.map { $0.values.first?.value } }
        #expect(groups == [[128], [64], [64, 128], [nil]])
        #expect(plan.configs == ["swept", "plain"])
    }
}
