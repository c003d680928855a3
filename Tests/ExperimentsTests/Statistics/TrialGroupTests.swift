import Schema
import Testing

@testable import Experiments

@Suite struct TrialGroupTests {
    typealias Trials = SampleTrials

    @Test func `what differs in no more than seed and fold is a group, in the order of first appearance`() {
        func trial(_ name: String, _ values: [JSON.Member], _ seed: Int, _ fold: Int? = nil) -> TrialResult {
            TrialResult(name: name, values: values, seed: seed, fold: fold, metrics: [:])
        }
        let groups = TrialGroup.groups(of: [
            trial("a", [.init("x", 2), .init("y", "b")], 0), trial("b", [.init("x", 1), .init("y", "b")], 0),
            trial("c", [.init("y", "b"), .init("x", 2)], 1), trial("d", [.init("x", 1), .init("y", "b")], 0, 1),
            trial("e", [.init("x", 2), .init("seed", 7), .init("y", "b"), .init("dataset.validation.fold", 3)], 7),
            trial("f", [.init("x", "2"), .init("y", "b")], 0),
        ])
        #expect(groups.map { $0.trials.map(\.name).joined() } == ["ace", "bd", "f"])
        #expect(groups.map(\.label) == ["x 2, y b", "x 1, y b", "x \"2\", y b"])
        #expect(TrialGroup.groups(of: []) == [])
    }

    @Test(
        arguments: [
            ([], ""), ([.init("training.optimizer", ["type": "SGD", "learning_rate": 0.1])], "optimizer SGD 0.1"),
            (
                [.init("model.layers[0].units", 8), .init("model.layers[2].units", 16), .init("let.drop", nil)],
                "layers[0].units 8, layers[2].units 16, drop –"
            ), ([.init("rate", 1), .init("let.rate", 2)], "rate 1, let.rate 2"),
        ] as [([JSON.Member], String)])
    func `a group is called by what varies, in as few words as are clear`(values: [JSON.Member], label: String) {
        #expect(TrialGroup(values: values, trials: []).label == label)
    }

    @Test(
        arguments: [
            (
                [
                    ["type": "Adam", "learning_rate": 0.01], ["type": "SGD", "learning_rate": 0.01],
                    ["type": "SGD", "learning_rate": 0.01, "momentum": 0.9],
                    ["type": "SGD", "learning_rate": 0.01, "momentum": nil, "nesterov": true],
                ], ["Adam 0.01", "SGD 0.01", "SGD 0.01, momentum 0.9", "SGD 0.01, nesterov true"]
            ),
            (
                [
                    ["type": "SGD", "learning_rate": ["type": "Cosine", "from": 0.1, "steps": 10]],
                    ["type": "SGD", "learning_rate": ["type": "Cosine", "from": 0.1, "steps": 20]],
                ],
                [
                    "SGD Cosine 0.1, learning_rate Cosine 0.1, steps 10",
                    "SGD Cosine 0.1, learning_rate Cosine 0.1, steps 20",
                ]
            ),
            (
                [
                    [["type": "Dense", "units": 8], "relu"],
                    [["type": "Dense", "units": 8, "use_bias": false], "relu"],
                ], ["[Dense 8, relu]", "[Dense 8, use_bias false, relu]"]
            ),
            ([1, "1", 2], ["1", "\"1\"", "2"]), ([nil, "–", [1]], ["null", "\"–\"", "[1]"]),
            (
                [["type": "SGD", "name": "a"], ["name": "a", "type": "SGD"]],
                [#"{"type":"SGD","name":"a"}"#, #"{"name":"a","type":"SGD"}"#]
            ),
        ] as [([JSON], [String])])
    func `different values of which few words say the same are told apart by what differs`(
        values: [JSON], names: [String]
    ) {
        let trials = values.map { TrialResult(name: "", values: [.init("a.b", $0)], seed: 0, metrics: [:]) }
        #expect(TrialGroup.groups(of: trials).map(\.label) == names.map { "b \($0)" })
    }

    @Test func `the same seeds make pairs, others do not`() throws {
        let a = Trials.group(32, [0.9, 0.91, 0.95])
        let b = Trials.group(64, [0.89, 0.9, 0.93])
        let reversed = TrialGroup(values: b.values, trials: b.trials.reversed())
        #expect(try #require(a.compared(with: b, on: .validationAccuracy)).method == .paired)
        #expect(
            a.compared(with: reversed, on: .validationAccuracy) == a.compared(with: b, on: .validationAccuracy))
        let others = [
            Trials.group(64, [0.89, 0.9, 0.93], firstSeed: 1), Trials.group(64, [0.89, 0.9]),
            TrialGroup(
                values: [], trials: b.trials.map { TrialResult(name: "", values: [], seed: 0, metrics: $0.metrics) }),
            TrialGroup(
                values: [], trials: b.trials.map { TrialResult(name: "", values: [], seed: nil, metrics: $0.metrics) }),
            TrialGroup(
                values: [],
                trials: b.trials.map { TrialResult(name: "", values: [], seed: $0.seed, fold: 1, metrics: $0.metrics) }),
        ]
        for other in others {
            for (first, second) in [(a, other), (other, a)] {
                let comparison = try #require(first.compared(with: second, on: .validationAccuracy))
                #expect(comparison.method == .welch)
                let samples = [first, second].map { $0.sample(.validationAccuracy) }
                #expect(comparison == GroupComparison(samples[0], samples[1]))
            }
        }
    }

    @Test func `several networks of one seed count as one, if every seed has as many`() {
        func repeats(_ figures: [(seed: Int, value: Double)]) -> Repeats {
            Repeats(figures.map { (TrialResult.Repeat(seed: $0.seed), $0.value) })
        }
        let many = repeats([(0, 0.125), (1, 0.5), (0, 0.375), (1, 0.75)])
        let few = repeats([(1, 0.5), (0, 0.125)])
        #expect(many.compared(with: few) == GroupComparison(pairs: [(0.25, 0.125), (0.625, 0.5)]))
        for other in [repeats([(0, 0.5), (1, 0.5), (1, 0.25)]), repeats([(0, 0.5), (2, 0.5)])] {
            #expect(many.compared(with: other)?.method == .welch && other.compared(with: many)?.method == .welch)
        }
        // Of one seed alone nothing else can be said.
        #expect(repeats([(0, 0.5), (0, 0.25)]).compared(with: repeats([(0, 0.125), (0, 0.25)]))?.method == .welch)
    }

    @Test func `a figure that one group lacks is not compared`() {
        let a = Trials.group(32, [0.9, 0.91])
        #expect(a.compared(with: Trials.group(64, [0.1, 0.2], of: .testLoss), on: .validationAccuracy) == nil)
        #expect(a.compared(with: a, on: .testLoss) == nil)
    }
}
