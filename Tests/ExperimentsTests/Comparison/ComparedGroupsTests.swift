import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct ComparedGroupsTests {
    static let first = [0.9871, 0.9882, 0.9869]
    static let second = [0.9851, 0.9859, 0.9847]

    static func repeats(
        _ figures: [Double], _ values: [JSON.Member] = [], seed: Int = 0
    ) -> [(values: [JSON.Member], seed: Int, test: Double)] {
        figures.enumerated().map { (values, seed + $0, $1) }
    }

    static func comparison(_ directories: [String]) -> Comparison {
        let reader = RunReader(directories)
        return Comparison(reader.runs, sweeps: reader.sweeps)
    }

    @Test func `two sweeps of repeats are compared below their runs, pair by pair where seeds match`() throws {
        let samples = try SampleRuns()
        let (a, b) = (
            try samples.addSweep("a", Self.repeats(Self.first)), try samples.addSweep("b", Self.repeats(Self.second))
        )
        let text = Self.comparison([a, b]).text(width: 80, withRuns: false)
        #expect(
            text == """
                Means over repeats ± half of the 95 % interval:

                group  n   test accuracy    val accuracy         val loss        test loss
                ─────  ─  ──────────────  ──────────────  ───────────────  ───────────────
                a      3  98.74 ± 0.17 %  94.00 ± 0.00 %  0.2000 ± 0.0000  0.1000 ± 0.0000
                b      3  98.52 ± 0.15 %  94.00 ± 0.00 %  0.2000 ± 0.0000  0.1000 ± 0.0000

                a − b          difference       95 % interval      t  df       p  test
                ─────────────  ──────────  ──────────────────  ─────  ──  ──────  ──────
                test accuracy    +0.22 pp   +0.18 to +0.25 pp  24.57   2  0.0017  paired
                val accuracy     +0.00 pp   +0.00 to +0.00 pp   0.00   2  1.0000  paired
                val loss          +0.0000  +0.0000 to +0.0000   0.00   2  1.0000  paired
                test loss         +0.0000  +0.0000 to +0.0000   0.00   2  1.0000  paired

                """)
        let whole = Self.comparison([a, b]).text(width: 80)
        #expect(whole.hasSuffix("\n\n" + text))
        #expect(whole.hasPrefix("run "))
        #expect(whole.contains("\na/trials/t0 "))
        let markdown = Self.comparison([a, b]).markdown(withRuns: false)
        #expect(markdown.contains("| a     |   3 | 98.74 ± 0.17 % |"))
        #expect(markdown.contains("\n\n| a − b "))
        #expect(Self.comparison([a, b]).markdown().hasSuffix("\n\n" + markdown))
    }

    @Test func `all groups of a sweep are compared with one of them, figure by figure`() throws {
        let samples = try SampleRuns()
        let variants = [("$everything", Self.first), ("$nothing", Self.second), ("$half", [0.986, 0.987, 0.985])]
        let sweep = try samples.addSweep(
            "a", variants.flatMap { name, figures in Self.repeats(figures, [JSON.Member("let.use", JSON(name))]) })
        var comparison = Self.comparison([sweep])
        #expect(comparison.groups.pairs.isEmpty)
        try comparison.compareGroups(against: "everything")
        let rows = comparison.text(width: 140, withRuns: false).split(separator: "\n").map { $0.split(separator: " ") }
        #expect(
            rows.contains {
                $0.joined(separator: " ").hasPrefix("test accuracy, less that of use $everything difference")
            })
        #expect(
            rows.contains([
                "use", "$nothing", "-0.22", "pp", "-0.25", "to", "-0.18", "pp", "-24.57", "2", "0.0017", "paired",
            ]))
        #expect(comparison.json["comparisons"]?.elements?.count == 2)
        try comparison.compareGroups(against: "use $half")
        #expect(comparison.groups.pairs.map(\.second) == [2, 2])
        let error = #expect(throws: Problem.self) { try comparison.compareGroups(against: "everthing") }
        #expect(error?.message == #"there is no group "everthing""#)
        #expect(error?.remedy == #"did you mean "everything"?"#)
    }

    @Test func `groups of optimizers of one kind and rate have names of their own`() throws {
        let samples = try SampleRuns()
        let optimizers: [JSON] = [
            ["type": "Adam", "learning_rate": 0.01], ["type": "SGD", "learning_rate": 0.01],
            ["type": "SGD", "learning_rate": 0.01, "momentum": 0.9],
        ]
        let trials = optimizers.flatMap { Self.repeats(Self.first, [JSON.Member("training.optimizer", $0)]) }
        let (a, b) = (try samples.addSweep("a", trials), try samples.addSweep("b", trials))
        var comparison = Self.comparison([a])
        let names = ["optimizer Adam 0.01", "optimizer SGD 0.01", "optimizer SGD 0.01, momentum 0.9"]
        #expect(comparison.groups.groups.map(\.name) == names)
        for (base, word) in [(1, "SGD 0.01"), (2, names[2])] {
            try comparison.compareGroups(against: word)
            #expect(comparison.groups.pairs.allSatisfy { $0.second == base })
        }
        var both = Self.comparison([a, b])
        let error = #expect(throws: Problem.self) { try both.compareGroups(against: "SGD 0.01") }
        #expect(error?.message == #"2 groups are called "SGD 0.01""#)
        #expect(error?.remedy == "known: a, optimizer SGD 0.01; b, optimizer SGD 0.01")
    }

    @Test func `other seeds make it Welch's test, and one repeat none`() throws {
        let samples = try SampleRuns()
        let directories = [
            try samples.addSweep("a", Self.repeats(Self.first)),
            try samples.addSweep("b", Self.repeats(Self.second, seed: 3)),
            try samples.addSweep("c", Self.repeats([0.98])),
        ]
        #expect(Self.comparison([directories[0], directories[1]]).text(width: 80, withRuns: false).contains("Welch\n"))
        let text = Self.comparison([directories[0], directories[2]]).text(width: 80, withRuns: false)
        #expect(text.contains("\nc      1         98.00 % "))
        #expect(text.contains("test accuracy    +0.74 pp              –  –   –  –  –\n"))
    }

    @Test func `JSON and CSV have every figure, exact`() throws {
        let samples = try SampleRuns()
        let directories = [
            try samples.addSweep("a", Self.repeats(Self.first)),
            try samples.addSweep("b", Self.repeats(Self.second, seed: 1)),
        ]
        let comparison = Self.comparison(directories)
        let (first, second) = (Sample(Self.first), Sample(Self.second))
        let test = GroupComparison(first, second)
        let (interval, range) = (try #require(first.interval(0.95)), try #require(test.interval))

        let json = try JSON(parsing: comparison.json.pretty)
        #expect(json["runs"]?.elements?.count == 6)
        #expect(json["groups"]?.elements?.map { $0["name"]?.text } == ["a", "b"])
        #expect(json["groups"]?[0]?["directory"] == JSON(directories[0]))
        #expect(
            json["groups"]?[0]?["metrics"]?["test_accuracy"] == [
                "n": 3, "mean": JSON(first.mean), "standard_deviation": JSON(first.standardDeviation),
                "interval": [JSON(interval.lowerBound), JSON(interval.upperBound)],
            ])
        #expect(json["comparisons"]?.elements?.count == 1)
        #expect(json["comparisons"]?[0]?["first"] == "a")
        #expect(
            json["comparisons"]?[0]?["metrics"]?["test_accuracy"] == [
                "difference": JSON(test.difference), "interval": [JSON(range.lowerBound), JSON(range.upperBound)],
                "test": "welch", "t": JSON(test.t), "degrees_of_freedom": JSON(test.degreesOfFreedom),
                "p": JSON(test.p),
            ])

        let csv = try CSV(parsing: comparison.csv(withRuns: false))
        #expect(csv.rows.count == 2 * Metric.allCases.count)
        let row = try #require(csv.rows.first { $0[0] == "a" && $0[1] == "test_accuracy" })
        let ends = [interval.lowerBound, interval.upperBound].map { "\($0)" }
        let difference = [test.difference, range.lowerBound, range.upperBound].map { "\($0)" }
        #expect(
            row == ["a", "test_accuracy", "3", "\(first.mean)", "\(first.standardDeviation ?? 0)"] + ends + ["b"]
                + difference + ["welch"] + [test.t, test.degreesOfFreedom, test.p].map { "\($0 ?? 0)" })
        #expect(csv.rows.first { $0[0] == "b" }?.suffix(8) == Array(repeating: "", count: 8)[...])
        #expect(try CSV(parsing: comparison.csv()).rows.count == 6)
    }

    static let small = [JSON.Member("training.batch_size", 32)]
    static let large = [JSON.Member("training.batch_size", 64)]
    static let grid = repeats(first, small) + repeats(second, large)

    @Test(
        arguments: [
            ([grid], ["batch_size 32", "batch_size 64"], ["batch_size 32 − batch_size 64"]),
            (
                [grid, grid], ["a, batch_size 32", "a, batch_size 64", "b, batch_size 32", "b, batch_size 64"],
                ["a, batch_size 32 − b, batch_size 32", "a, batch_size 64 − b, batch_size 64"]
            ),
            (
                [grid, repeats(first, large)], ["a, batch_size 32", "a, batch_size 64", "b, batch_size 64"],
                ["a, batch_size 64 − b, batch_size 64"]
            ),
            (
                [repeats(first, small), repeats(first, large)], ["a, batch_size 32", "b, batch_size 64"],
                ["a, batch_size 32 − b, batch_size 64"]
            ),
            ([repeats(first), repeats(first), repeats(second)], ["a", "b", "c"], []),
            ([repeats(first)], ["a"], []), ([[]], [], []),
        ] as [([[(values: [JSON.Member], seed: Int, test: Double)]], [String], [String])])
    func `two groups are compared, or those of two sweeps that have the same values`(
        sweeps: [[(values: [JSON.Member], seed: Int, test: Double)]], names: [String], pairs: [String]
    ) throws {
        let samples = try SampleRuns()
        let directories = try zip(["a", "b", "c"], sweeps).map { try samples.addSweep($0, $1) }
        let comparison = Self.comparison(directories)
        let groups = comparison.groups
        #expect(groups.groups.map(\.name) == names)
        #expect(groups.pairs.map { "\(groups.groups[$0.first].name) − \(groups.groups[$0.second].name)" } == pairs)
        #expect(groups.differenceTables.map { $0.columns[0].title } == pairs)
    }

    @Test func `groups are sorted as runs are, and still compared as they were given`() throws {
        let samples = try SampleRuns()
        let directories = [
            try samples.addSweep("b", Self.repeats(Self.second)), try samples.addSweep("a", Self.repeats(Self.first)),
        ]
        var comparison = Self.comparison(directories)
        for column in ["test_accuracy", "name"] {
            try comparison.sort(by: column)
            #expect(try CSV(parsing: comparison.csv(withRuns: false)).rows[0][0] == "a")
            #expect(comparison.json["groups"]?[0]?["name"] == "a")
            #expect(comparison.text(width: 80, withRuns: false).contains("\na      3"))
            #expect(comparison.groups.differenceTables[0].columns[0].title == "b − a")
            #expect(comparison.json["comparisons"]?[0]?["first"] == "b")
        }
        try comparison.sort(by: "test_accuracy")
        #expect(comparison.runs.first?.test?.accuracy == 0.9882)
        #expect(throws: Problem.self) { try comparison.sort(by: "nn") }
    }

    @Test func `runs alone have no groups, and a run beside a sweep belongs to none`() throws {
        let samples = try SampleRuns()
        let directories = [try samples.add("r"), try samples.addSweep("a", Self.repeats(Self.first))]
        #expect(Self.comparison([directories[0]]).json["groups"] == [])
        #expect(!Self.comparison([directories[0]]).text(width: 80).contains("Means"))
        let mixed = Self.comparison(directories)
        #expect(mixed.runs.count == 4)
        #expect(mixed.groups.groups.map(\.name) == ["a"])
        #expect(mixed.groups.pairs == [])
    }
}
