import Schema

/// The finished trial of a sweep that a metric likes best.
package struct BestTrial: Sendable {
    /// The trial's own run directory.
    package let directory: String
    package let name: String
    package let metric: Metric
    package let value: Double

    /// The first of equals. Test images choose nothing, for then they could not say any more how good the choice is.
    ///
    /// - Parameter metric: of validation; nil for the accuracy.
    package init(of sweep: SavedSweep, by metric: Metric?) throws(BestTrialError) {
        let metric = metric ?? .validationAccuracy
        guard metric.needsValidation else { throw .metric(metric) }
        var best: (index: Int, value: Double)?
        for (index, trial) in sweep.trials.enumerated() {
            guard let value = trial.metrics[metric], value.isFinite else { continue }
            if let best, metric.isAccuracy ? value <= best.value : value >= best.value { continue }
            best = (index, value)
        }
        guard let best else {
            throw sweep.trials.isEmpty ? .nothingFinished(sweep.directory) : .noFigure(sweep.directory, metric)
        }
        directory = sweep.runs[best.index].directory
        name = sweep.trials[best.index].name
        self.metric = metric
        value = best.value
    }
}

/// Why no trial can be called the best.
package enum BestTrialError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It says nothing of validation.
    case metric(Metric)
    case nothingFinished(String)
    case noFigure(String, Metric)

    /// The metrics that may choose.
    static var allowed: [Metric] { Metric.allCases.filter(\.needsValidation) }

    /// One line with the remedy.
    package var description: String {
        switch self {
        case .metric(let metric):
            "\(quoted(metric.rawValue)) cannot choose a trial: what is chosen by test images is not tested by them any "
                + "more, and training's own figures favour whatever memorizes; "
                + "choose by \(Self.allowed.map(\.rawValue).joined(separator: ", ")), or name a trial's directory"
        case .nothingFinished(let directory):
            "\(directory): no trial of this sweep is finished"
        case .noFigure(let directory, let metric):
            "\(directory): no trial has a \(metric.rawValue) to be chosen by; "
                + "set dataset.validation, or name the directory of a trial, such as \(directory)/trials/…"
        }
    }
}
