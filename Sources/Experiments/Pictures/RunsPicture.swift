import Reporting

/// Several runs in one chart, each in a colour of its own.
struct RunsPicture {
    let runs: [SavedRun]
    let names: [String]
    let style: CurveStyle

    var plot: Plot {
        if let metric = style.metric, !metric.isCurve { return Plot("", [figures(metric)], columns: 1) }
        let metrics = style.metric.map { [$0] } ?? decisive
        let charts = metrics.map(chart)
        let chosen =
            style.metric == nil && !isValidated ? ["Curves are of the training images, for none validate."] : []
        return Plot("", charts, columns: 2, notes: chosen + notValidated(metrics) + style.notes + unfinished)
    }

    /// What tells most about models: the held-back images, if any run has some.
    private var decisive: [Metric] { isValidated ? [.validationLoss, .validationAccuracy] : [.loss, .accuracy] }

    private var isValidated: Bool { runs.contains { $0.curves.isValidated } }

    private func chart(_ metric: Metric) -> Chart {
        let series = zip(runs, names).enumerated().flatMap { member, run in
            let source = metric.needsValidation ? run.0.curves.validation : run.0.curves.training
            let values = source?[keyPath: metric.quantity.values] ?? []
            return style.series(run.1, values, member: member)
        }
        return Chart(metric.spelledOut, x: .epochs, y: style.axis(of: metric.quantity), series, height: 260)
    }

    /// A point for each run, with its error where it is known.
    private func figures(_ metric: Metric) -> Chart {
        let values = runs.map { $0.metrics[metric] ?? .nan }
        let errors = runs.map { metric == .testAccuracy ? $0.test?.accuracyError : nil }
        var series = Chart.Series(
            "", x: runs.indices.map(Double.init), y: values, mark: .points(radius: 4), member: 0)
        if errors.contains(where: { $0 != nil }) {
            series.low = zip(values, errors).map { $0 - ($1 ?? 0) }
            series.high = zip(values, errors).map { $0 + ($1 ?? 0) }
        }
        let title = metric.spelledOut + (series.low.isEmpty ? "" : ", ± one standard error")
        return Chart(title, x: Axis("run", scale: .categories(names)), y: style.axis(of: metric.quantity), [series])
    }

    private var unfinished: [String] { note("Not finished") { $0.state == .unfinished } }

    /// Runs that have no curve, because they hold no images back.
    private func notValidated(_ metrics: [Metric]) -> [String] {
        guard isValidated, metrics.contains(where: \.needsValidation) else { return [] }
        return note("Without validation images, and so without curves") {
            !$0.curves.isValidated && $0.curves.epochs > 0
        }
    }

    private func note(_ words: String, of isMeant: (SavedRun) -> Bool) -> [String] {
        let names = zip(runs, names).filter { isMeant($0.0) }.map(\.1)
        guard !names.isEmpty else { return [] }
        let some = names.prefix(5).joined(separator: ", ")
        let more = names.count > 5 ? " and \(names.count - 5) more" : ""
        return ["\(words): \(some)\(more)."]
    }
}

extension Metric {
    /// Whether there is a value for every epoch.
    var isCurve: Bool { [.loss, .accuracy, .validationLoss, .validationAccuracy].contains(self) }
}
