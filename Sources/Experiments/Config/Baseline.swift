import Reporting
import Schema

/// Another run, whose figure a result is held to.
package struct Baseline: Equatable, Sendable {
    /// The run's directory.
    package var run: String
    /// How much worse a result may be.
    package var tolerance = 0.0
    /// The run's figure; nil until it is read.
    package var value: Double?

    /// The directory as messages and results name it, wherever the project lies.
    var shortName: String {
        run.split(separator: "/").suffix(2).joined(separator: "/")
    }

    /// The worst figure that is met.
    func bound(of metric: Metric) -> Double? {
        value.map { metric.isAccuracy ? $0 - tolerance : $0 + tolerance }
    }

    /// `at most 0.002 below the 0.98 of runs/best`
    func limit(of metric: Metric) -> String {
        let figure = "the \(value.map { "\($0)" } ?? "figure") of \(displayable(shortName))"
        if tolerance == 0 { return metric.isAccuracy ? "at least \(figure)" : "at most \(figure)" }
        return "at most \(tolerance) \(metric.isAccuracy ? "below" : "above") \(figure)"
    }
}

extension Expectations {
    /// The same with the figures of all baselines, which are to be read before a training of hours begins.
    package func readingBaselines() throws(BaselineError) -> Expectations {
        var result = self
        for index in bounds.indices {
            guard let run = bounds[index].baseline?.run else { continue }
            result.bounds[index].baseline?.value = try figure(bounds[index].metric, of: run)
        }
        return result
    }

    private func figure(_ metric: Metric, of run: String) throws(BaselineError) -> Double {
        let reader = RunReader([run])
        func refused(_ reason: String) -> BaselineError { BaselineError(metric: metric, run: run, reason: reason) }
        if let error = reader.errors.first {
            // The run is named already.
            throw refused((error as? Problems)?.list.first?.rendered() ?? "\(error)")
        }
        guard let saved = reader.runs.first, !RunReader.isSweep(run) else {
            throw refused("this is a sweep; name one of its trials")
        }
        guard saved.state != .unfinished else { throw refused("this run is not finished; continue it with --resume") }
        guard let value = saved.metrics[metric], value.isFinite else {
            throw refused("this run has no \(metric.rawValue); expect another metric of it")
        }
        return value
    }

    /// Makes the paths of baselines absolute.
    mutating func resolvePaths(_ absolute: (String) -> String) {
        for index in bounds.indices {
            guard let run = bounds[index].baseline?.run else { continue }
            bounds[index].baseline?.run = absolute(run)
        }
    }
}

/// Why a run cannot be what another one is held to.
package struct BaselineError: Error, Sendable, CustomStringConvertible {
    let metric: Metric
    let run: String
    let reason: String

    /// Key and run, then the reason.
    package var description: String { "expect.\(metric.rawValue).baseline: \(displayable(run)): \(reason)" }
}
