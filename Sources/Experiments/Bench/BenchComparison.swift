import Foundation
import Reporting

/// A bench beside an earlier one: how many times the earlier rate each figure is.
package struct BenchComparison: Sendable {
    private let earlier: BenchReport
    /// The ratio of the peaks, which tells how the machine differs, not the program.
    package let peak: Double
    /// The geometric mean over the kernels that both have measured; nil without any.
    package private(set) var kernels: Double?
    /// The geometric mean over the models that both have measured; nil without any.
    package private(set) var training: Double?

    /// Compares figures that are called the same; the others have no ratio.
    package init(_ report: BenchReport, against earlier: BenchReport) {
        self.earlier = earlier
        peak = report.peak / earlier.peak
        kernels = Self.geometricMean(report.kernels.compactMap(ratio))
        training = Self.geometricMean(report.training.compactMap(ratio))
    }

    /// Of a kernel with the same name and shape.
    package func ratio(of kernel: KernelFigure) -> Double? {
        earlier.figure(like: kernel).map { kernel.gflops / $0.gflops }
    }

    /// Of a model with the same name and batch size.
    package func ratio(of figure: TrainingFigure) -> Double? {
        earlier.figure(like: figure).map { figure.imagesPerSecond / $0.imagesPerSecond }
    }

    /// The trainings that have become slower by more than a share of their earlier rate, in words. Single kernels are left out:
    /// each is measured for so short a time that one of many always looks slower.
    package func slower(_ report: BenchReport, by tolerance: Double) -> [String] {
        report.training.compactMap { figure in
            guard let ratio = ratio(of: figure), ratio < 1 - tolerance else { return nil }
            return "training \(figure.config) is slower: \(fixed(ratio, digits: 2)) times the earlier rate"
        }
    }

    /// The models that the earlier bench did not train, or with another batch size: nothing tells whether they are slower.
    package func unknown(_ report: BenchReport) -> [String] {
        report.training.filter { ratio(of: $0) == nil }.map(\.config)
    }

    /// What makes the figures of the two hard to compare, in words.
    package static func differences(_ report: BenchReport, _ earlier: BenchReport) -> [String] {
        func difference(_ what: String, _ now: String, _ then: String) -> String? {
            now == then ? nil : "\(what): \(now) now, \(then) then"
        }
        return [
            difference("processor", report.processor, earlier.processor),
            difference("threads", "\(report.threads)", "\(earlier.threads)"),
            difference("floats in a vector", "\(report.lanes)", "\(earlier.lanes)"),
        ].compactMap(\.self)
    }

    static func geometricMean(_ ratios: [Double]) -> Double? {
        ratios.isEmpty ? nil : exp(ratios.reduce(0) { $0 + log($1) } / Double(ratios.count))
    }
}
