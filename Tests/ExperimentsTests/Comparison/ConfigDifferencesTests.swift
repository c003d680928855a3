import Schema
import Testing

@testable import Experiments

@Suite struct ConfigDifferencesTests {
    static func found(_ configs: [JSON]) -> [String] {
        differences(between: configs).map { "\($0.path) | \($0.title) | \($0.texts.joined(separator: " | "))" }
    }

    static let dropout: JSON = ["type": "Dropout", "rate": 0.5]

    @Test(
        arguments: [
            ([], []),
            ([(["name"], "other"), (["description"], "x"), (["expect"], ["loss": ["max": 1]])], []),
            ([(["training", "batch_size"], 64)], ["training.batch_size | batch_size | 128 | 64"]),
            (
                [(["training", "optimizer", "learning_rate"], 0.01), (["seed"], 1)],
                ["training.optimizer.learning_rate | learning_rate | 0.001 | 0.01", "seed | seed | 0 | 1"]
            ),
            (
                [(["training", "optimizer"], ["type": "SGD", "learning_rate": 0.01, "momentum": 0.9])],
                ["training.optimizer | optimizer | Adam 0.001 | SGD 0.01"]
            ),
            ([(["dataset", "validation"], nil)], ["dataset.validation | validation | fraction 0.1, from end | –"]),
            (
                [(["dataset", "validation"], ["use": "test"])],
                ["dataset.validation | validation | fraction 0.1, from end | use test"]
            ),
            (
                [(["dataset", "name"], nil), (["dataset", "path"], "/a")],
                ["dataset.name | dataset.name | mnist | –", "dataset.path | path | – | /a"]
            ),
            (
                [
                    (
                        ["model", "layers"],
                        [SampleRuns.layers[0] ?? [], ["type": "Flatten"], ["type": "Dense", "units": 20]]
                    )
                ],
                ["model.layers[2].units | units | 10 | 20"]
            ),
            (
                [
                    (
                        ["model", "layers"],
                        [SampleRuns.layers[0] ?? [], ["type": "Flatten"], dropout, ["type": "Dense", "units": 10]]
                    )
                ],
                ["model.layers | layers | – | Dropout 0.5"]
            ),
            (
                [(["model", "layers"], [["type": "Flatten"], dropout, ["type": "Dense", "units": 10]])],
                ["model.layers | layers | Conv2D 32, Flatten | Flatten, Dropout 0.5"]
            ),
            ([(["model", "layers"], [])], ["model.layers | layers | Conv2D 32, Flatten, Dense 10 | –"]),
        ] as [([(path: [String], value: JSON)], [String])])
    func `only what differs is shown, and as much of it as can be compared`(
        changes: [(path: [String], value: JSON)], expected: [String]
    ) {
        #expect(Self.found([SampleRuns.config(), SampleRuns.config(changes)]) == expected)
    }

    @Test func `a title is as long as it must be to be the only one`() {
        let first: JSON = ["layers": [["type": "Dense", "units": 1], ["type": "Dense", "units": 2]], "a": ["x": 1]]
        let second: JSON = ["layers": [["type": "Dense", "units": 3], ["type": "Dense", "units": 4]], "a": ["x": 2]]
        #expect(
            Self.found([first, second]) == [
                "layers[0].units | layers[0].units | 1 | 3", "layers[1].units | layers[1].units | 2 | 4",
                "a.x | x | 1 | 2",
            ])
    }

    @Test func `what only some configs say is a difference, and a single config has none`() {
        #expect(Self.found([["seed": 1], [:], ["seed": 1]]) == ["seed | seed | 1 | – | 1"])
        #expect(Self.found([["seed": 1]]) == [])
        #expect(Self.found([]) == [])
    }
}
