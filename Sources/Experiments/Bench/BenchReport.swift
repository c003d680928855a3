import Reporting
import Schema

/// The measurements of one bench: what `bench --json` prints, and a later bench compares itself with.
package struct BenchReport: Sendable, Equatable {
    package let processor: String
    package let threads: Int
    /// The number of floats in a vector.
    package let lanes: Int
    /// The measured multiply-add peak of all threads, in GFLOP/s.
    package internal(set) var peak: Double
    /// Passes of single layers, in the order of the models.
    package var kernels: [KernelFigure] = []
    /// Whole training steps, one entry per model.
    package var training: [TrainingFigure] = []

    /// A report without kernels and models yet.
    package init(processor: String, threads: Int, lanes: Int, peak: Double) {
        self.processor = processor
        self.threads = threads
        self.lanes = lanes
        self.peak = peak
    }
}

extension BenchReport {
    /// The figure of the same kernel for the same shape.
    func figure(like kernel: KernelFigure) -> KernelFigure? {
        kernels.first { $0.name == kernel.name && $0.shape == kernel.shape }
    }

    /// The figure of the same model for the same batch size.
    func figure(like figure: TrainingFigure) -> TrainingFigure? {
        training.first { $0.config == figure.config && $0.batchSize == figure.batchSize }
    }
}

/// The rate of one pass of a layer.
package struct KernelFigure: Sendable, Equatable {
    /// Layer and pass.
    package let name: String
    /// Sizes and batch.
    package let shape: String
    /// Counted as if every window were multiplied out.
    package let gflops: Double
}

/// The rate of a model's training steps.
package struct TrainingFigure: Sendable, Equatable {
    /// The config's name.
    package let config: String
    /// Images of a step.
    package let batchSize: Int
    /// Of whole steps, update included.
    package let imagesPerSecond: Double
    /// Of all kernels, over the time of the whole step.
    package let gflops: Double
}

extension BenchReport {
    /// A rate as a share of the peak, in percent.
    package func percentOfPeak(_ gflops: Double) -> Double { 100 * gflops / peak }

    /// The document, with the ratios to an earlier one if there is one.
    package func json(against earlier: BenchReport? = nil) -> JSON {
        let comparison = earlier.map { BenchComparison(self, against: $0) }
        var document: JSON = [
            "processor": JSON(processor), "threads": JSON(threads), "vector_floats": JSON(lanes),
            "peak_gflops": rounded(peak),
        ]
        document["kernels"] = JSON(
            .array(
                kernels.map { kernel in
                    var json: JSON = [
                        "name": JSON(kernel.name), "shape": JSON(kernel.shape), "gflops": rounded(kernel.gflops),
                        "percent_of_peak": rounded(percentOfPeak(kernel.gflops)),
                    ]
                    if let comparison { json["ratio"] = ratio(comparison.ratio(of: kernel)) }
                    return json
                }))
        document["training"] = JSON(
            .array(
                training.map { figure in
                    var json: JSON = [
                        "config": JSON(figure.config), "batch_size": JSON(figure.batchSize),
                        "images_per_second": rounded(figure.imagesPerSecond), "gflops": rounded(figure.gflops),
                        "percent_of_peak": rounded(percentOfPeak(figure.gflops)),
                    ]
                    if let comparison { json["ratio"] = ratio(comparison.ratio(of: figure)) }
                    return json
                }))
        if let comparison {
            document["ratios"] = [
                "peak": ratio(comparison.peak), "kernels": ratio(comparison.kernels),
                "training": ratio(comparison.training),
            ]
        }
        return document
    }
}

/// Five digits: more would be noise.
private func rounded(_ value: Double) -> JSON {
    JSON(Double(significant(value, digits: 5)) ?? value)
}

private func ratio(_ value: Double?) -> JSON { value.map(rounded) ?? nil }
