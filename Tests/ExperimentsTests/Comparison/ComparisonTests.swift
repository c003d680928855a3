import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct ComparisonTests {
    /// Three runs: the second is better, the third unfinished.
    static func comparison(_ samples: SampleRuns, smoothing: Double = 0.6) throws -> Comparison {
        let directories = [
            try samples.add("b"),
            try samples.add(
                "a", [(["training", "batch_size"], 64), (["training", "epochs"], 5)], test: 0.98, seconds: 9),
            try samples.add("c", [(["training", "epochs"], 5)]),
        ]
        try samples.remove("c", .result)
        return Comparison(RunReader(directories).runs, smoothing: smoothing)
    }

    @Test func `a wide terminal shows everything in one table`() throws {
        #expect(
            try Self.comparison(try SampleRuns()).text(width: 250) == """
                run  batch_size   test accuracy  best val acc  last val acc  smoothed  best val loss  last val loss  test loss  parameters  epochs    time  state       expected
                ───  ──────────  ──────────────  ────────────  ────────────  ────────  ─────────────  ─────────────  ─────────  ──────────  ──────  ──────  ──────────  ────────
                b           128  97.00 ± 0.17 %        0.9600        0.9400    0.9388         0.1000         0.2000     0.1000      34,826       3  12.3 s  finished    passed
                a            64  98.00 ± 0.17 %        0.9600        0.9400    0.9388         0.1000         0.2000     0.1000      34,826     3/5   9.0 s  finished    passed
                c           128               –        0.9600        0.9400    0.9388         0.1000         0.2000          –      34,826     3/5  12.3 s  unfinished  –

                """)
    }

    @Test(arguments: [20, 40, 80, 100, 200])
    func `a narrower one shows the same in more tables, each with the runs' names`(width: Int) throws {
        let comparison = try Self.comparison(try SampleRuns())
        let tables = comparison.text(width: width).split(separator: "\n\n", omittingEmptySubsequences: true)
        #expect(tables.allSatisfy { $0.hasPrefix("run") && $0.contains("\na ") })
        #expect(tables.joined(separator: "\n").split(separator: "\n").allSatisfy { displayWidth($0) <= width })
        // The first line of each, without its name, is the whole line again.
        let titles = tables.flatMap { $0.prefix { $0 != "\n" }.split(separator: " ").dropFirst() }.map(String.init)
        let whole = comparison.text(width: 250).prefix { $0 != "\n" }.split(separator: " ").dropFirst()
        #expect(titles == whole.map(String.init))
    }

    @Test(
        arguments: [
            ("name", ["a", "b", "c"]), ("test_accuracy", ["a", "b", "c"]), ("seconds", ["a", "b", "c"]),
            ("training.batch_size", ["a", "b", "c"]), ("batch_size", ["a", "b", "c"]), ("epochs", ["b", "a", "c"]),
            ("test_loss", ["b", "a", "c"]), ("state", ["b", "a", "c"]), ("verdict", ["b", "a", "c"]),
        ])
    func `runs are sorted by any column, the better first and the unknown last`(column: String, names: [String]) throws
    {
        var comparison = try Self.comparison(try SampleRuns())
        try comparison.sort(by: column)
        #expect(try CSV(parsing: comparison.csv())[column: "name"] == names)
    }

    @Test func `of losses the lower is the better`() throws {
        let samples = try SampleRuns()
        let directories = try [("a", 0.3), ("b", 0.1), ("c", 0.2)].map { try samples.add($0, testLoss: $1) }
        var comparison = Comparison(RunReader(directories).runs)
        try comparison.sort(by: "test_loss")
        #expect(try CSV(parsing: comparison.csv())[column: "name"] == ["b", "c", "a"])
    }

    @Test(arguments: ["test_accuracy", "test_loss", "verdict"])
    func `what is unknown comes last, wherever it was`(column: String) throws {
        var comparison = Comparison(try Self.comparison(try SampleRuns()).runs.reversed())
        try comparison.sort(by: column)
        #expect(try CSV(parsing: comparison.csv())[column: "name"]?.last == "c")
    }

    @Test func `an unknown column is a problem with a suggestion`() throws {
        var comparison = try Self.comparison(try SampleRuns())
        #expect(
            throws: Problem(
                "there is no column \"test_acuracy\" in this comparison", remedy: "did you mean \"test_accuracy\"?")
        ) {
            try comparison.sort(by: "test_acuracy")
        }
    }

    @Test func `CSV and JSON hold every column, exact, and nothing for what is unknown`() throws {
        let samples = try SampleRuns()
        let comparison = try Self.comparison(samples)
        let csv = try CSV(parsing: comparison.csv())
        #expect(csv.header == comparison.columns.map(\.key))
        #expect(csv[column: "test_accuracy"] == ["0.97", "0.98", ""])
        #expect(csv[column: "measured_on"] == ["validation", "validation", "validation"])
        #expect(csv[column: "training.batch_size"] == ["128", "64", "128"])
        let json = try JSON(parsing: comparison.json.pretty)
        #expect(json["runs"]?.elements?.count == 3)
        #expect(json["runs"]?[1]?["settings"] == ["training.epochs": 5, "training.batch_size": 64])
        #expect(json["runs"]?[1]?["test_accuracy"] == 0.98)
        #expect(json["runs"]?[2]?["test_accuracy"] == .some(nil))
        #expect(json["runs"]?[2]?["directory"] == JSON("\(samples.path)/c"))
    }

    @Test func `runs without validation are measured on training, and a mixture says which is which`() throws {
        let samples = try SampleRuns()
        let directories = [try samples.add("a"), try samples.add("b")]
        try samples.write("epoch,accuracy,learning_rate,loss\n0,0.8,0.1,0.5\n1,0.7,0.1,0.6\n", "b", .curves)
        let mixed = Comparison(RunReader(directories).runs)
        #expect(try CSV(parsing: mixed.csv())[column: "best_accuracy"] == ["0.96", "0.8"])
        #expect(mixed.markdown().contains("| best acc |"))
        #expect(mixed.markdown().contains("| training    |"))
        let alone = Comparison(RunReader([directories[1]]).runs)
        #expect(alone.markdown().contains("| best train acc |"))
        #expect(!alone.markdown().contains("measured on"))
    }

    @Test func `names are as much of the path as tells them apart`() throws {
        let samples = try SampleRuns()
        let directories = [try samples.add("s/x"), try samples.add("t/x"), try samples.add("t/y")]
        let comparison = Comparison(RunReader(directories + [directories[0]]).runs)
        #expect(comparison.columns[0].texts == ["s/x", "t/x", "t/y", "s/x"])
    }

    @Test(
        arguments: [
            (0.0, [1.0, 2, 4], [1.0, 2, 4]),
            (0.5, [1.0, 2, 4], [1.0, 5 / 3, 3]),
            (0.6, [3.0, 3, 3], [3.0, 3, 3]),
            (0.9, [], []),
        ] as [(Double, [Double], [Double])])
    func `smoothing is a mean of the past that begins without bias`(
        weight: Double, values: [Double], expected: [Double]
    ) {
        let result = smoothed(values, weight: weight)
        #expect(result.count == expected.count)
        #expect(zip(result, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
}
