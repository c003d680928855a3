import Datasets
import Foundation
import Kernels
import Layers
import Machine
import Reporting
import Schema
import Tensors
import Testing
import Training

@testable import Experiments

@Suite struct PredictorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func config(_ dataset: JSON) throws -> ExperimentConfig {
        try ExperimentConfig(from: [
            "name": "a", "dataset": dataset,
            "model": [
                "layers": [
                    ["type": "Conv2D", "filters": 3, "kernel_size": 3, "strides": 2, "activation": "relu"],
                    ["type": "Flatten"], ["type": "Dense", "units": 10, "activation": "softmax"],
                ]
            ],
            "training": ["epochs": 0],
        ])
    }

    private static let library = DataLibrary(fetch: nil)

    /// A run directory that holds the initial model, and the experiment that it is of.
    private func finish(_ config: ExperimentConfig) throws -> (run: FinishedRun, experiment: Experiment) {
        let experiment = try Experiment(config, library: Self.library, threads: 1)
        let directory = try RunDirectory(path: "\(folder.path)/run", resuming: true)
        let provenance = Provenance(
            version: "test", command: [], threads: Grant(1, by: .machine), data: experiment.data)
        let run = try TrainingRun(experiment, resolved: config.json, in: directory, provenance: provenance)
        _ = try run.train(observers: []) { false }
        _ = try run.finish()
        return (try FinishedRun(at: directory.path), experiment)
    }

    private func write(_ bytes: [UInt8], to name: String) throws -> String {
        try AtomicFile.write(bytes, to: "\(folder.path)/\(name)")
        return "\(folder.path)/\(name)"
    }

    private func write(_ array: IDXArray, to name: String) throws -> String {
        try write(array.header + array.elements, to: name)
    }

    @Test func `images of a file are predicted as evaluation predicts them, in batches or alone`() throws {
        let config = try Self.config(["name": "synthetic-digits", "train_limit": 20, "test_limit": 600])
        let (run, experiment) = try finish(config)
        let file = try PictureFile(at: write(experiment.data.test.arrays.images, to: "images"))
        let expected = try Evaluation(of: experiment.network, on: experiment.data.test, team: Team(threads: 1))
        for threads in [1, 2] {
            let predictor = try run.predictor(config, library: Self.library, threads: threads)
            let predictions = try predictor.predictions(of: file)
            #expect(predictions.map(\.predicted) == expected.predictions)
            #expect(predictions.map(\.index) == Array(0..<600))
            let losses = zip(predictions, experiment.data.test.labels).map { prediction, label in
                -log(Double(prediction.probabilities[Int(label)]))
            }
            #expect(abs(losses.reduce(0, +) / 600 - expected.score.loss) < 1e-5)
            #expect(predictions.allSatisfy { abs($0.probabilities.reduce(0, +) - 1) < 1e-5 && $0.steps.isEmpty })
            #expect(try predictor.predictions(of: file, limit: 7) == Array(predictions.prefix(7)))
        }
    }

    @Test func `a picture is made to fit and says so`() throws {
        let config = try Self.config(["name": "synthetic-digits", "train_limit": 20, "test_limit": 10])
        let (run, experiment) = try finish(config)
        let digit = experiment.data.test.image(3)
        // The digit four times as large, dark on light.
        let pixels = (0..<112 * 112).map { 255 - digit[digit.startIndex + $0 / 112 / 4 * 28 + $0 % 112 / 4] }
        let picture = try PictureFile(at: write(Array("P5 112 112 255\n".utf8) + pixels, to: "digit.pgm"))
        let images = try PictureFile(at: write(experiment.data.test.arrays.images, to: "images"))
        let predictor = try run.predictor(config, library: Self.library, threads: 1)
        let prediction = try predictor.predictions(of: picture)[0]
        #expect(prediction.probabilities == (try predictor.predictions(of: images)[3].probabilities))
        #expect(
            prediction.steps.map(\.description) == ["inverted: dark on light", "resized from 112×112 to 28×28"])
        #expect(try predictor.predictions(of: picture, inverting: false)[0].probabilities != prediction.probabilities)
    }

    @Test func `classes have the names of the data set, which need not be there`() throws {
        let config = try Self.config(["name": "fashion-mnist"])
        let network = try Network(config.model.layers, input: Shape(28, 28, 1), loss: config.training.loss)
        network.parameters.initialize(seed: 0)
        // The last class wins whatever is shown.
        let bias = try #require(network.parameters["dense/bias"])
        network.parameters.set(bias, to: [Float](repeating: 0, count: 9) + [100])
        try FileManager.default.createDirectory(atPath: "\(folder.path)/run", withIntermediateDirectories: true)
        _ = try write(Array(config.json.pretty.utf8), to: "run/config.json")
        _ = try write(network.weights.bytes, to: "run/model.safetensors")
        _ = try write(Array("{}".utf8), to: "run/result.json")
        let predictor = try FinishedRun(at: "\(folder.path)/run").predictor(
            config, library: DataLibrary(search: DataSearch(environment: [:]), fetch: nil), threads: 1)
        let file = try PictureFile(at: write(Array("P2 1 1 1 1".utf8), to: "dot.pgm"))
        let json = try predictor.predictions(of: file)[0].json
        #expect(json["class"] == 9 && json["name"] == "Ankle boot" && json["index"] == 0)
        #expect(json["file"]?.text == file.path)
        #expect(json["probabilities"]?.elements?.count == 10)
        #expect(json["steps"] == ["resized from 1×1 to 28×28"])
    }

    @Test func `the shape of a set of one's own is remembered when its files are gone`() throws {
        let images = IDXArray(dimensions: [4, 9, 12], elements: (0..<432).map { UInt8($0 % 256) })
        let labels = IDXArray(dimensions: [4], elements: [0, 1, 2, 1])
        let data = "\(folder.path)/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        for file in DataFile.allCases {
            _ = try write(file.rawValue.contains("images") ? images : labels, to: "data/\(file.rawValue)")
        }
        let config = try Self.config(["path": JSON(data)])
        let (run, _) = try finish(config)
        let file = try PictureFile(at: write(images, to: "images"))
        let predictions = try run.predictor(config, library: Self.library, threads: 1).predictions(of: file)
        #expect(predictions.count == 4 && predictions[0].steps.isEmpty)
        #expect(predictions[0].json["name"]?.text == "\(predictions[0].predicted)")

        // Without the summary the data tell, and without either nobody does.
        try FileManager.default.removeItem(atPath: "\(run.path)/summary.json")
        #expect(try run.predictor(config, library: Self.library, threads: 1).predictions(of: file) == predictions)
        try FileManager.default.removeItem(atPath: data)
        #expect(throws: DataMissing.self) { try run.predictor(config, library: Self.library, threads: 1) }
        // A summary that lies does not go unnoticed.
        for (shape, name) in [("[9, 13, 1]", "dense/kernel"), ("[9, 12, 3]", "conv2d/kernel")] {
            _ = try write(Array("{\"input_shape\": \(shape)}".utf8), to: "run/summary.json")
            let error = #expect(throws: WeightsError.self) {
                try run.predictor(config, library: Self.library, threads: 1)
            }
            #expect(error?.description.contains(name) == true)
        }
    }

    @Test func `a table names the class, its probability and the runners-up, or all classes`() {
        func prediction(_ index: Int, _ probabilities: [Float]) -> Prediction {
            Prediction(
                file: "a", index: index, isOneOfMany: true, probabilities: probabilities,
                classNames: ["0", "Coat", "Bag"], steps: [])
        }
        let predictions = [
            prediction(0, [0.9, 0.004, 0.096]), prediction(11, [0.00003, 0.99996, 0.00001]),
            prediction(2, [.nan, .nan, .nan]),
        ]
        #expect(
            Prediction.table(predictions, width: 80, withAll: false) == """
                image  class   probability  next
                ─────  ──────  ───────────  ───────────────────────────
                a[0]   0           90.00 %  2 Bag 9.60 %, 1 Coat 0.40 %
                a[11]  1 Coat     100.00 %
                a[2]   0             nan %

                """)
        #expect(
            Prediction.table(predictions, width: 80, withAll: true) == """
                image  class     0    1    2
                ─────  ──────  ───  ───  ───
                a[0]   0        90        10
                a[11]  1 Coat       100
                a[2]   0       nan  nan  nan

                """)
    }
}
