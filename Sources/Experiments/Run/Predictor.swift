import Datasets
import Kernels
import Layers
import Machine
import Tensors
import Training

/// A run's model, ready to classify pictures.
///
///     let predictor = try run.predictor(config, library: library, threads: 2)
///     let predictions = try predictor.predictions(of: PictureFile(at: "seven.png"))
package final class Predictor {
    private let network: Network
    private let classNames: [String]
    private let team: Team

    /// Classes without a name are called by their numbers.
    init(_ network: Network, classNames: [String], team: Team) {
        self.network = network
        self.classNames = (0..<network.classes).map { $0 < classNames.count ? classNames[$0] : "\($0)" }
        self.team = team
    }

    /// Predicts the first pictures of a file, each fitted to the model's input.
    package func predictions(
        of file: PictureFile, limit: Int = .max, inverting: Bool = true
    ) throws -> [Prediction] {
        let count = min(limit, file.count)
        let batch = Evaluation.batchSize(for: count)
        try checkMemory(batch: batch)
        var predictions: [Prediction] = []
        for first in stride(from: 0, to: count, by: batch) {
            let fitted = try (first..<min(first + batch, count)).map { index in
                try file.fitted(index, to: network.input, inverting: inverting)
            }
            for (place, row) in try probabilities(of: fitted.map(\.picture)).enumerated() {
                predictions.append(
                    Prediction(
                        file: file.path, index: first + place, isOneOfMany: file.count > 1, probabilities: row,
                        classNames: classNames, steps: fitted[place].steps))
            }
        }
        return predictions
    }

    /// Refuses batches for which there is not memory enough.
    func checkMemory(batch: Int, given: Grant = Given.toThisProcess.memory) throws {
        let arena = try network.arenaBytes(.inference, batch: max(batch, 1))
        let parameters = network.parameters.count * MemoryLayout<Float>.stride
        let images = batch * (network.input.count + 2 * network.classes) * MemoryLayout<Float>.stride
        let bytes = MemoryUse.program + max(MemoryUse.readingCopies * parameters, parameters + arena + images)
        guard bytes > given.amount else { return }
        throw MemoryRefusal(
            .prediction, bytes: bytes, given: given,
            parts: [
                .program,
                .init(purpose: "activations", bytes: arena, remedy: "a smaller --limit than \(batch) needs less"),
                .init(purpose: "parameters", bytes: parameters, remedy: "a smaller model needs less"),
                .init(purpose: "pictures", bytes: images, remedy: "a smaller --limit than \(batch) needs less"),
            ])
    }

    /// Runs one batch through the model; one row per picture.
    private func probabilities(of pictures: [Picture]) throws -> [[Float]] {
        let images = try FloatMemory(count: pictures.count * network.input.count)
        // The program also computes a loss, for which any label will do.
        let labels = try FloatMemory(count: pictures.count)
        for (place, picture) in pictures.enumerated() {
            images.set(picture.pixels.map { Float($0) / 255 }, at: place * network.input.count)
        }
        let program = try network.program(.inference, batch: pictures.count)
        program.bind(images: images, labels: labels)
        program.run(team: team)
        let rows = program.probabilities
        return stride(from: 0, to: rows.count, by: network.classes).map { Array(rows[$0..<$0 + network.classes]) }
    }
}
