import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct ReportResultsTests {
    static let rows = """
        { "config": "plain", "parameters": 34826, "reported": { "val_accuracy": 0.95, "val_accuracy@1": { "min": 0.95 } } },
        { "config": "swept", "settings": { "training.batch_size": 64 }, "reported": { "test_accuracy": 0.9866 } },
        { "config": "swept", "label": "large", "settings": { "training.batch_size": 128 },
          "reported": { "test_accuracy": [0.995, 0.998], "epochs": 4, "val_loss@kept": 0.12 }, "why": "Who knows." },
        { "config": "later", "label": "later", "reported": { "test_accuracy": 0.8 }, "not_run": "it cannot be." }
        """

    static let claims = """
        { "claim": "Large is worse", "is": "less",
          "first": { "config": "swept", "label": "large", "settings": { "training.batch_size": 128 }, "figure": "test_accuracy" },
          "second": { "settings": { "training.batch_size": 64 } } },
        { "claim": "Nobody can tell", "is": "greater", "first": { "config": "plain", "figure": "val_loss@1" },
          "second": { "figure": "val_loss@2" } },
        { "claim": "Nothing there", "is": "equal", "first": { "config": "plain", "figure": "loss", "runs": "nowhere" },
          "second": { "config": "swept" } }
        """

    static func reports() throws -> SampleReports {
        let reports = try SampleReports()
        try reports.runs.add("plain", test: 0.975)
        try reports.addSweep([64: [0.9871, 0.9882, 0.9869], 128: [0.9851, 0.9859, 0.9847]])
        let provenance =
            #"{ "seconds": 99, "cpu": "Abacus", "cores": 2, "threads": 1, "tool": { "version": "1.2.3" } }"#
        try reports.runs.write(provenance, "plain", .provenance)
        return reports
    }

    @Test func `reported figures stand beside ours`() throws {
        let reports = try Self.reports()
        let results = reports.results(try reports.plan(rows: Self.rows, claims: Self.claims))
        #expect(results.errors.isEmpty && results.misfits.isEmpty)
        #expect(results.missing == 0)
        let page = results.markdown(command: "mnist-lab report r.jsonc")
        #expect(page.hasPrefix("<!-- Written by: mnist-lab report r.jsonc -->\n\n# T\n\n| study "))
        #expect(page.contains("\n\n\(Self.page)\n## How to read it\n\nEvery figure of ours "), "\(page)")
        #expect(page.hasSuffix("\n\nMachine: Abacus, 2 cores; mnist-lab 1.2.3; threads of a run: 1.\n"))
        #expect(
            page
                == reports.results(try reports.plan(rows: Self.rows, claims: Self.claims)).markdown(
                    command: "mnist-lab report r.jsonc"))
    }

    static let page = """
        | study | runs |   rows | judged | agree | better | claims | hold |
        | ----- | ---: | -----: | -----: | ----: | -----: | -----: | ---: |
        | S     |    7 | 3 of 4 |      5 |     2 |      0 | 2 of 3 |    1 |

        ## S

        2 of 5 figures agree with the report, accuracies within .0040. 1 of 2 claims hold; 1 cannot be told.

        ### Beside the report

        | config | settings      | figure                       |      reported |          ours | difference | agrees      |
        | ------ | ------------- | ---------------------------- | ------------: | ------------: | ---------: | ----------- |
        | plain  |               | parameters                   |        34,826 |        34,826 |          – | yes         |
        |        |               | validation accuracy          |         .9500 |       .9400 † |      -1.00 | **no**      |
        |        |               | validation accuracy, epoch 1 |   above .9500 |       .9000 † |          – | **not met** |
        | swept  | batch_size 64 | test accuracy                |         .9866 | .9874 ± .0017 |      +0.08 | yes         |
        |        | large         | test accuracy                | .9950 – .9980 | .9852 ± .0015 |      -0.98 | **no**      |
        |        |               | epochs                       |             4 |             3 |         -1 | –           |
        |        |               | validation loss, kept epoch  |         .1200 | .1000 ± .0000 |     -.0200 | –           |
        | later  | later         | test accuracy                |         .8000 |       not run |          – | –           |

        - **swept, large** – Who knows.
        - **later, later** – not run: it cannot be.

        ### Claims

        | claim           | figure          | first                    | is        | second                           | difference |  95 % interval |     p | test           | verdict        |
        | --------------- | --------------- | ------------------------ | --------- | -------------------------------- | ---------: | -------------: | ----: | -------------- | -------------- |
        | Large is worse  | test accuracy   | large: .9852 ± .0015 (3) | <         | batch_size 64: .9874 ± .0017 (3) |      -0.22 | -0.25 to -0.18 | .0017 | paired by seed | holds          |
        | Nobody can tell | validation loss | plain: .3000 †           | >         | plain: .1000 †                   |     +.2000 |              – |     – | –              | cannot be told |
        | Nothing there   | training loss   | plain: not run           | = ± .0040 | swept: .3000 ± .0000 (6)         |          – |              – |     – | –              | not run        |

        ### What came of it

        | config | settings      |    runs | parameters | epochs | train accuracy |  val accuracy | test accuracy |     test loss |   time | threads |
        | ------ | ------------- | ------: | ---------: | -----: | -------------: | ------------: | ------------: | ------------: | -----: | ------: |
        | plain  |               |       1 |     34,826 |      3 |        .9500 † |       .9400 † |       .9750 † |       .1000 † | 12.0 s |       1 |
        | swept  | batch_size 64 |       3 |     34,826 |      3 |  .9500 ± .0000 | .9400 ± .0000 | .9874 ± .0017 | .1000 ± .0000 | 12.0 s |       – |
        |        | large         |       3 |     34,826 |      3 |  .9500 ± .0000 | .9400 ± .0000 | .9852 ± .0015 | .1000 ± .0000 | 12.0 s |       – |
        | later  | later         | not run |            |        |                |               |               |               |        |         |

        """

    @Test func `a sweep's groups that are not run are one line, and counted`() throws {
        let reports = try SampleReports()
        let results = reports.results(try reports.plan(rows: #"{ "config": "swept" }, { "config": "plain" }"#))
        #expect(results.missing == 3)
        #expect(results.count == 3)
        let page = results.markdown(command: "c")
        #expect(page.contains("| swept  | 2 combinations | not run |"))
        #expect(!page.contains("Machine"))

        var grid = SampleReports.config
        grid["sweep"] = ["grid": ["training.batch_size": [64, 128], "training.epochs": [1, 2]]]
        try reports.write(grid, to: "grid")
        for (row, label) in [
            (#""settings": { "training.epochs": 2 }"#, "epochs 2, 2 combinations"),
            (#""settings": { "training.epochs": 2 }, "label": "longer""#, "longer, 2 combinations"),
            (
                #""settings": [{ "training.epochs": 2 }, { "training.epochs": 1, "training.batch_size": 64 }]"#,
                "3 combinations"
            ), (#""settings": { "training.epochs": 2, "training.batch_size": 64 }"#, "batch_size 64, epochs 2"),
        ] {
            let plan = try reports.plan(rows: "{ \"config\": \"grid\", \(row) }")
            #expect(reports.results(plan).lines.map(\.label) == [label])
        }
    }

    @Test func `what a run was trained by must be the config, but for its seed`() throws {
        let reports = try SampleReports()
        for (name, changes, misfit) in [
            ("plain", [(["training", "epochs"], 2)], "training.epochs is 2 there and 3 in the config"),
            (
                "plain", [(["dataset", "validation"], nil)],
                "dataset.validation is – there and fraction 0.1, from end in"
            ),
            ("plain", [(["model", "layers"], [])], "model.layers is [] there and [Conv2D 32, Flatten, Dense 10] in"),
            (
                "plain", [(["training", "optimizer"], ["type": "SGD", "learning_rate": 0.001])],
                "optimizer.type is SGD there"
            ),
            ("plain", [(["seed"], 7), (["description"], "other"), (["dataset", "path"], "elsewhere")], nil),
        ] as [(String, [(path: [String], value: JSON)], String?)] {
            try reports.runs.add(name, changes)
            let results = reports.results(try reports.plan(rows: #"{ "config": "plain" }"#))
            #expect(results.missing == (misfit == nil ? 0 : 1))
            #expect(results.misfits.count == results.missing)
            if let misfit { #expect(results.misfits.first?.contains(misfit) == true, "\(results.misfits)") }
        }
    }

    @Test func `a run that is not finished is not run, and one that is broken is named`() throws {
        let reports = try SampleReports()
        try reports.runs.add("plain")
        try reports.runs.remove("plain", .result)
        let plan = try reports.plan(rows: #"{ "config": "plain", "parameters": 1 }"#)
        #expect(reports.results(plan).missing == 1)
        try reports.runs.add("plain")
        try reports.runs.write("epoch,loss\n", "plain", .curves)
        let broken = reports.results(plan)
        #expect(broken.missing == 0)
        #expect(broken.errors.count == 1)
        #expect(broken.markdown(command: "c").contains("| **no**"))
    }

    @Test func `JSON has every figure, exact`() throws {
        let reports = try Self.reports()
        let results = reports.results(try reports.plan(rows: Self.rows, claims: Self.claims))
        let json = try JSON(parsing: results.json(command: "c").pretty)
        #expect(json["not_run"] == 0)
        let rows = json["studies"]?[0]?["rows"]
        #expect(rows?.elements?.count == 4)
        #expect(rows?[1]?["settings"] == ["training.batch_size": 64])
        #expect(rows?[1]?["figures"]?["test_accuracy"]?["mean"] == JSON(Sample([0.9871, 0.9882, 0.9869]).mean))
        #expect(rows?[0]?["reported"]?.elements?.map { $0["judgement"]?.text } == ["agrees", "disagrees", "unmet"])
        #expect(rows?[2]?["reported"]?[2]?["figure"] == "val_loss@kept")
        let claims = json["studies"]?[0]?["claims"]
        #expect(claims?.elements?.map { $0["verdict"]?.text } == ["holds", "cannot be told", "not run"])
        #expect(claims?[0]?["test"] == "paired")
    }

    @Test func `a study's picture stands where its file lies, if there is anything to see`() throws {
        let reports = try Self.reports()
        let results = reports.results(try reports.plan(rows: Self.rows, claims: Self.claims))
        #expect(results.pictures.map(\.name) == ["study-1"])
        #expect(results.pictures[0].plot.title == "S")
        let page = results.markdown(command: "c", pictures: "../p")
        #expect(
            page.contains(
                "## S\n\n![How far our accuracies of S lie from the reported ones](../p/study-1.svg)\n\n2 of 5 figures")
        )
        #expect(!results.markdown(command: "c").contains("!["))

        let linked = results.markdown(command: "c", pictures: "my é (1)", figures: "50%.json")
        #expect(linked.contains("](my%20é%20%281%29/study-1.svg)") && linked.contains("[50%.json](50%25.json)"))

        let nothing = try SampleReports()
        let empty = nothing.results(try nothing.plan(rows: Self.rows))
        #expect(empty.pictures.isEmpty && !empty.markdown(command: "c", pictures: "p").contains("!["))
    }

    @Test(arguments: [0, 0.004])
    func `what lies beyond a picture's border is told as it is`(tolerance: Double) throws {
        let reports = try SampleReports()
        try reports.addSweep([64: [0.12, 0.13, 0.11], 128: [0.5, 0.5, 0.5]])
        let rows = [64, 128].map {
            """
            { "config": "swept", "settings": { "training.batch_size": \($0) }, "reported": { "test_accuracy": 0.5 } }
            """
        }
        let plan = try reports.plan(
            """
            { "title": "T", "studies": [{ "name": "S", "tolerance": \(tolerance), "rows": [\(rows.joined(separator: ","))] }] }
            """)
        let plot = try #require(reports.results(plan).pictures.first?.plot)
        let ours = try #require((plot.panels[0] as? Chart)?.series.last)
        #expect(ours.y.count == 2 && ours.y.allSatisfy(\.isFinite))
        #expect(ours.texts[0].hasPrefix("-38.00 (-40.") && ours.texts[0].hasSuffix(" to -35.52)"), "\(ours.texts)")
        #expect(ours.y[0] == (tolerance == 0 ? -38 : -2))
    }

    @Test func `a claim that cannot be told says how many runs would tell`() throws {
        let reports = try SampleReports()
        try reports.addSweep([64: [0.9871, 0.9882, 0.9869], 128: [0.9871, 0.9874, 0.9865]])
        let sides = """
            "first": { "config": "swept", "settings": { "training.batch_size": 64 }, "figure": "test_accuracy" },
            "second": { "settings": { "training.batch_size": 128 } }
            """
        let results = reports.results(
            try reports.plan(
                rows: #"{ "config": "swept" }"#,
                claims: """
                    { "claim": "better", "is": "greater", \(sides) },
                    { "claim": "equal", "is": "equal", "within": 0.0005, \(sides) }
                    """))
        let claims = results.studies[0].claims
        #expect(claims.map(\.verdict) == [.undecided, .undecided])
        // Differences of 0, 8 and 4 ten-thousandths: a deviation of 4, and 4 or 1 to the next verdict.
        #expect(claims.map(\.runsNeeded) == [7, 64])
        let page = results.markdown(command: "c")
        #expect(page.contains("| cannot be told (7 runs) "), "\(page)")
        #expect(results.json(command: "c")["studies"]?[0]?["claims"]?[1]?["runs_needed"] == 64)
    }

    @Test func `a claim about a figure that no run has is not said to be not run`() throws {
        let reports = try SampleReports()
        try reports.addSweep([64: [0.98, 0.97], 128: [0.98, 0.97]])
        func verdict(_ figure: String, _ config: String) throws -> DecidedClaim {
            let claim = """
                { "claim": "c", "is": "greater", "first": { "config": "\(config)", "figure": "\(figure)" },
                  "second": { "config": "swept" } }
                """
            return reports.results(try reports.plan(rows: #"{ "config": "swept" }"#, claims: claim)).studies[0].claims[
                0]
        }
        #expect(try verdict("val_accuracy@500", "swept").verdict == .unknown)
        #expect(try verdict("test_accuracy", "plain").verdict == .notRun)
    }

    @Test func `an epoch's time is the median one's`() {
        #expect(median([]) == nil)
        #expect(median([3, 1, 100]) == 3)
        #expect(median([4, 1, 100, 2]) == 3)
    }
}
