import Reporting

extension ReportResults {
    /// A picture for each study that has accuracies to show, by the name of its file: `study-1`.
    package var pictures: [(name: String, plot: Plot)] {
        studies.enumerated().compactMap { index, study in study.picture.map { (Self.pictureName(index), $0) } }
    }

    static func pictureName(_ study: Int) -> String { "study-\(study + 1)" }
}

extension ReportResults.Study {
    /// Reported accuracies and ours, as far as they are single figures of groups that are run.
    var picture: Plot? {
        let pairs = lines.flatMap { line in line.figures.compactMap { $0.point(of: line) } }
        guard pairs.count > 1 else { return nil }
        let places = pairs.indices.map(Double.init)
        let reported = Chart.Series(
            "reported", x: places, y: pairs.map(\.reported), mark: .points(radius: 4), member: 1)
        let ours = Chart.Series(
            "ours, with the 95 % interval", x: places, y: pairs.map(\.ours.mean),
            low: pairs.map { $0.interval.lowerBound }, high: pairs.map { $0.interval.upperBound },
            mark: .points(radius: 3), member: 0)
        let chart = Chart(
            "accuracy", x: Axis(scale: .categories(pairs.map(\.name))), y: Axis(limits: 0...1), [ours, reported],
            height: 300)
        let notes = pairs.contains(where: \.isOfAnEpoch) ? ["@1 is the first epoch."] : []
        return Plot(said.name, [chart], columns: 1, notes: notes)
    }

    /// The picture for those who cannot see it.
    var pictureText: String { "Reported accuracies of \(said.name) and ours" }
}

extension Plot {
    /// For a place where a heading says it already.
    var untitled: Plot {
        var plot = self
        plot.title = ""
        return plot
    }
}

/// A reported accuracy and ours.
private struct ComparedPoint {
    let name: String
    /// Whether the name ends with an epoch.
    let isOfAnEpoch: Bool
    let reported: Double
    let ours: Sample

    /// Without repeats nothing but the figure itself.
    var interval: ClosedRange<Double> { ours.interval(TrialSummary.confidence) ?? ours.mean...ours.mean }
}

extension ComparedFigure {
    /// Nil for what has no place in a chart of accuracies.
    fileprivate func point(of line: ReportLine) -> ComparedPoint? {
        guard case .figure(let figure) = subject, figure.quantity.isAccuracy, let ours,
            case .values(let values) = reported, let least = values.min()
        else { return nil }
        let config = line.said.config.split(separator: "/").last.map(String.init) ?? line.said.config
        let name = "\(line.label.isEmpty ? config : line.label), \(figure.shortTitle)"
        var isOfAnEpoch = false
        if case .epoch = figure.place { isOfAnEpoch = true }
        return ComparedPoint(name: name, isOfAnEpoch: isOfAnEpoch, reported: least, ours: ours)
    }
}

extension Figure {
    /// For an axis of accuracies, where there is little room: `val @1`.
    fileprivate var shortTitle: String {
        let word =
            switch quantity {
            case .accuracy: "train"
            case .validationAccuracy: "val"
            case .testAccuracy: "test"
            case .bestAccuracy: "best train"
            case .bestValidationAccuracy: "best val"
            default: quantity.title
            }
        return switch place {
        case .epoch(let number): "\(word) @\(number)"
        case nil, .last, .kept: word
        }
    }
}
