import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct SweepPictureTests {
    private func trials(_ settings: [[JSON.Member]], seeds: Int = 3) -> [TrialGroup] {
        let results = settings.enumerated().flatMap { index, values in
            (0..<seeds).map { seed in
                let accuracy = 0.9 + 0.01 * Double(index) + 0.001 * Double(seed)
                return TrialResult(
                    name: "\(index)-\(seed)", values: values, seed: seed, metrics: [.validationAccuracy: accuracy])
            }
        }
        return TrialGroup.groups(of: results)
    }

    private func picture(_ settings: [[JSON.Member]], seeds: Int = 3) -> Plot {
        SweepPicture(name: "sweep", groups: trials(settings, seeds: seeds), metric: .validationAccuracy).plot
    }

    private static func setting(_ values: (String, JSON)...) -> [JSON.Member] {
        values.map { JSON.Member($0.0, $0.1) }
    }

    @Test func `one axis gives points with intervals over the trials`() throws {
        let settings = [32, 8, 128].map { Self.setting(("training.batch_size", JSON($0))) }
        let plot = picture(settings)
        #expect(plot.subtitle == "9 trials in 3 groups of repeats")
        let chart = try #require(plot.panels[0] as? Chart)
        guard case .categories(let names) = chart.x.scale else {
            Issue.record("few values are named")
            return
        }
        #expect(chart.x.label == "batch_size")
        #expect(names == ["8", "32", "128"])
        #expect(chart.series.map(\.x.count) == [9, 3])
        let means = chart.series[1]
        #expect(means.x == [1, 0, 2])
        #expect(abs(means.y[0] - 0.901) < 1e-12 && means.low[0] < 0.901 && means.high[0] > 0.901)
    }

    @Test func `variants are called by the names of their variables, in full where there is room`() throws {
        let plot = picture((1...9).map { Self.setting(("let.use", JSON("$without_hidden_layer_\($0)"))) })
        let chart = try #require(plot.panels[0] as? Chart)
        guard case .categories(let names) = chart.x.scale else {
            Issue.record("variants are named")
            return
        }
        #expect(names == (1...9).map { "without_hidden_layer_\($0)" })
        // Left of the first there is less.
        let whole = names.filter { plot.svg.contains(">\($0)</text>") }
        #expect(whole == Array(names.dropFirst()))
    }

    @Test func `two axes give a heat map, of which the longer side goes down`() throws {
        let settings = ["[256]", "[512,256]", "[768]"].flatMap { hidden in
            [0.2, 0.3].map { Self.setting(("let.drop", JSON($0)), ("let.hidden", JSON(hidden))) }
        }
        let map = try #require(picture(settings).panels[0] as? HeatMap)
        #expect(map.rows.names == ["[256]", "[512,256]", "[768]"] && map.columns.names == ["0.2", "0.3"])
        #expect(map.values.map(\.count) == [2, 2, 2])
        #expect(abs(map.values[2][1] - 0.951) < 1e-12)
    }

    @Test func `settings of which few words say the same have a place each`() throws {
        let optimizers: [JSON] = [
            ["type": "Adam", "learning_rate": 0.01], ["type": "SGD", "learning_rate": 0.01],
            ["type": "SGD", "learning_rate": 0.01, "momentum": 0.9],
        ]
        let settings = optimizers.flatMap { optimizer in
            [32, 64].map { Self.setting(("training.optimizer", optimizer), ("training.batch_size", JSON($0))) }
        }
        let map = try #require(picture(settings).panels[0] as? HeatMap)
        #expect(map.rows.names == ["Adam 0.01", "SGD 0.01", "SGD 0.01, momentum 0.9"])
        for (row, values) in map.values.enumerated() {
            for (column, value) in values.enumerated() {
                #expect(abs(value - (0.901 + 0.01 * Double(2 * row + column))) < 1e-12)
            }
        }
        let words = picture(["$a", "a"].map { Self.setting(("let.use", JSON($0))) })
        guard case .categories(["$a", "a"])? = (words.panels[0] as? Chart)?.x.scale else {
            Issue.record("a variable is told from a word")
            return
        }
    }

    @Test func `more axes, or pairs that leave most cells empty, give parallel coordinates`() throws {
        let many = [1, 2].flatMap { a in
            [1, 2].flatMap { b in [1, 2].map { Self.setting(("a", JSON(a)), ("b", JSON(b)), ("c", JSON($0))) } }
        }
        let lines = try #require(picture(many).panels[0] as? ParallelCoordinates)
        #expect(lines.coordinates.map(\.name) == ["a", "b", "c", "validation accuracy"])
        let random = (0..<20).map {
            Self.setting(("rate", JSON(0.001 * Double(1 + $0 * $0))), ("drop", JSON(0.01 * Double($0))))
        }
        let pairs = try #require(picture(random, seeds: 1).panels[0] as? ParallelCoordinates)
        guard case .logarithmic = pairs.coordinates[0].axis.scale, case .linear = pairs.coordinates[1].axis.scale else {
            Issue.record("rates lie on a logarithmic axis, shares on a linear one")
            return
        }
    }

    @Test func `repeats alone, one trial and settings that some groups lack can be drawn`() {
        #expect(picture([[]]).subtitle == "3 trials of one setting")
        #expect(picture([[]], seeds: 1).subtitle == "1 trial")
        let uneven = [Self.setting(("a", JSON(1))), Self.setting(("a", JSON(2)), ("b", JSON("x")))]
        #expect(!picture(uneven).svg.isEmpty)
    }

    @Test func `trials that are missing are counted in a note`() {
        let groups = trials([Self.setting(("a", JSON(1))), Self.setting(("a", JSON(2)))], seeds: 1)
        let plot = SweepPicture(name: "s", groups: groups, metric: .validationAccuracy, countOfOthers: 2).plot
        #expect(plot.notes == ["2 trials have not run to the end and are left out."])
    }

    @Test func `a thousand trials are drawn in a moment`() {
        let settings = (0..<1000).map { index in
            Self.setting(("a", JSON(index % 37)), ("b", JSON(Double(index % 91) / 90)), ("c", JSON("\(index % 3)")))
        }
        let clock = ContinuousClock()
        var plot: Plot?
        let time = clock.measure {
            plot = picture(settings, seeds: 1)
            _ = plot?.svg
        }
        #expect(time < .seconds(10))
        #expect(plot?.svg.utf8.count ?? 0 < 200_000)
    }
}
