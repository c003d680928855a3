import Datasets
import Machine
import Schema
import Testing

@testable import Experiments

@Suite struct MemoryRefusalTests {
    private static let digits = #""name": "synthetic-digits", "train_limit": 600, "test_limit": 50"#

    private static func summary(
        _ layers: String, dataset: String = digits, training: String = #""batch_size": 500"#
    ) throws -> ModelSummary {
        let text = """
            { "name": "hungry", "dataset": { \(dataset) },
              "model": { "layers": [\(layers)] }, "training": { "epochs": 1, \(training) } }
            """
        let config = try ConfigDocument(Array(text.utf8), file: "hungry.json").resolved(with: []).config
        return try ModelSummary(config, library: DataLibrary(fetch: nil))
    }

    private static let head = #"{ "type": "Flatten" }, { "type": "Dense", "units": 10, "activation": "softmax" }"#
    private static let normalized = """
        { "type": "Conv2D", "filters": 64, "kernel_size": 3 }, { "type": "BatchNormalization" }, \(head)
        """
    private static let wide = #"{ "type": "Flatten" }, { "type": "Dense", "units": 9000, "name": "wide" }, "#

    @Test(arguments: [
        (normalized, digits, "for activations", "a smaller training.batch_size than 500 needs less"),
        (
            wide + head, digits, "for copies of weights",
            "layers with fewer parameters need less; wide has most, 7,065,000"
        ),
        (
            #"{ "type": "Flatten" }, { "type": "Dense", "units": 3000, "activation": "softmax" }"#, digits,
            "for the results", "a model with fewer classes needs less"
        ),
        (head, #""name": "mnist""#, "for the images", "a smaller data set needs less"),
    ])
    func `what takes most is named with its remedy`(
        layers: String, dataset: String, purpose: String, remedy: String
    ) throws {
        let summary = try Self.summary(layers, dataset: dataset)
        let file = "/sys/fs/cgroup/memory.max"
        let given = Grant(summary.memory.processPeak - 1, by: .controlGroup(file: file))
        let refusal = try #require(throws: MemoryRefusal.self) { try summary.checkMemory(batch: 500, given: given) }
        #expect(refusal.description.hasPrefix("training needs "), "\(refusal)")
        #expect(refusal.description.contains("that \(file) allows: "), "\(refusal)")
        #expect(refusal.description.contains(remedy), "\(refusal)")
        let first = refusal.description.split(separator: ": ")[1].split(separator: ",")[0]
        #expect(first.hasSuffix(purpose), "\(refusal)")
        #expect(refusal.parts.map(\.bytes).max() == refusal.parts.first?.bytes)
        try summary.checkMemory(batch: 500, given: Grant(summary.memory.processPeak, by: .machine))
    }

    @Test func `an evaluation needs less than a training and is refused for itself`() throws {
        let summary = try Self.summary(Self.normalized)
        let memory = summary.memory
        #expect(memory.evaluationPeak < memory.processPeak)
        let given = Grant(memory.evaluationPeak, by: .addressLimit)
        try summary.checkMemory(for: .evaluation, batch: 500, given: given)
        #expect(throws: MemoryRefusal.self) { try summary.checkMemory(batch: 500, given: given) }
        let less = Grant(memory.evaluationPeak - 1, by: .addressLimit)
        let refusal = try #require(throws: MemoryRefusal.self) {
            try summary.checkMemory(for: .evaluation, batch: 500, given: less)
        }
        #expect(refusal.description.hasPrefix("evaluation needs "))
        #expect(refusal.description.contains("that ulimit -v leaves: "))
    }

    @Test func `callbacks that keep weights are counted`() throws {
        let plain = try Self.summary(Self.wide + Self.head)
        let keeping = try Self.summary(
            Self.wide + Self.head,
            training: #""callbacks": [{ "type": "ModelCheckpoint", "monitor": "loss", "save_best_only": true }]"#)
        #expect(keeping.memory.saving - plain.memory.saving == 3 * plain.memory.parameters)
    }

    @Test func `a confusion matrix that nothing can hold is refused, whatever its size`() throws {
        let summary = try Self.summary(
            #"{ "type": "Flatten" }, { "type": "Dense", "units": 65536, "activation": "softmax" }"#)
        let refusal = #expect(throws: MemoryRefusal.self) {
            try summary.checkMemory(batch: 32, given: Grant(64 << 30, by: .machine))
        }
        #expect(refusal?.description.contains("that the machine has: ") ?? false)
        #expect(ClassReport.bytes(classes: .max) > 1 << 50)
    }

    @Test func `images that are read, or limited, or made are counted as they are held`() throws {
        func footprint(_ dataset: String) throws -> Int {
            try Self.summary(Self.head, dataset: dataset).memory.data
        }
        let image = 28 * 28 + 1
        #expect(try footprint(#""name": "mnist""#) == 70_000 * (image + 32))
        #expect(try footprint(#""name": "mnist", "train_limit": 1000"#) == 70_000 * (image + 32) + 1000 * image)
        #expect(try footprint(Self.digits) == 650 * (image + 32))
    }

    @Test func `trials that share images run together where their own memory fits`() throws {
        func cost(own: Int) -> TrialCost {
            var cost = TrialCost(parameters: 1, bytes: own - 10, stepFlops: 1, steps: 1, epochs: 1)
            (cost.extraBytes, cost.sharedBytes) = (10, 100)
            return cost
        }
        let costs = [cost(own: 50), cost(own: 50), cost(own: 50)]
        for (bytes, room) in [(249, 2), (250, 3), (100, 1), (0, 1)] {
            #expect(Shares(jobs: 4, threads: 1, bytes: bytes).room(for: costs) == room)
            #expect(Shares(jobs: nil, threads: 8, bytes: bytes).room(for: costs) == room)
        }
        #expect(Shares(jobs: 2, threads: 8, bytes: 1 << 40).room(for: costs) == 2)
        #expect(Shares(jobs: 2, threads: 8, bytes: 120).besides(costs).bytes == 20)
    }
}
