import Reporting

extension ReportResults {
    /// A picture for each study that has accuracies to show, by the name of its file: `study-1`.
    package var pictures: [(name: String, plot: Plot)] {
        studies.enumerated().compactMap { index, study in study.picture.map { (Self.pictureName(index), $0) } }
    }

    static func pictureName(_ study: Int) -> String { "study-\(study + 1)" }
}

extension ReportResults.Study {
    /// How far our accuracies lie from the reported ones, as far as these are figures of groups that are run.
    var picture: Plot? {
        let points = lines.flatMap { line in line.figures.compactMap { $0.point(of: line) } }
        guard points.count > 1 else { return nil }
        let tolerance = said.tolerance * 100
        // A few that lie far away would press all others together: they stand at the border, with their number.
        let farthest = points.map { max(abs($0.interval.lowerBound), abs($0.interval.upperBound)) }.max() ?? 0
        let reach = tolerance > 0 ? min(max(farthest, 2 * tolerance), 5 * tolerance) : max(farthest, 0.1)
        func shown(_ value: Double) -> Double { max(-reach, min(reach, value)) }
        let places = points.indices.map(Double.init)
        let reported = Chart.Series(
            "reported, and the tolerance", x: places, y: places.map { _ in 0 }, low: places.map { _ in -tolerance },
            high: places.map { _ in tolerance }, paint: Palette.paint(1), isSecondary: true)
        var ours = Chart.Series(
            "ours, with the 95 % interval", x: places, y: points.map { shown($0.difference) },
            low: points.map { shown($0.interval.lowerBound) }, high: points.map { shown($0.interval.upperBound) },
            mark: .points(radius: 3), member: 0)
        ours.texts = points.map { point in
            let (low, high) = (point.interval.lowerBound, point.interval.upperBound)
            let interval = low < high ? " (\(signed(low, digits: 2)) to \(signed(high, digits: 2)))" : ""
            return signed(point.difference, digits: 2) + interval
        }
        let outside = points.enumerated().filter { abs($1.difference) > reach }.map { index, point in
            Chart.Annotation(
                signed(point.difference, digits: 1), x: Double(index),
                y: (point.difference < 0 ? -1 : 1) * reach * 0.88, size: 11)
        }
        let usual = Self.mostCommon(points.map(\.kind))
        let title = points.first { $0.kind == usual }?.title ?? ""
        let names = points.map { $0.kind == usual ? $0.name : "\($0.name), \($0.kind)" }
        let chart = Chart(
            "\(title), ours less the reported one, in points", x: Axis(scale: .categories(names)),
            y: Axis(range: -reach * 1.05...reach * 1.05), [reported, ours], annotations: outside, height: 300)
        let notes = [
            outside.isEmpty ? nil : "What lies beyond the border stands at it, with its number.",
            points.contains(where: \.isOfAnEpoch) ? "@1 is the first epoch." : nil,
        ].compactMap(\.self)
        return Plot(said.name, [chart], columns: 1, notes: notes)
    }

    /// Of several the first.
    private static func mostCommon(_ kinds: [String]) -> String {
        let counts = Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +)
        let most = counts.values.max()
        return kinds.first { counts[$0] == most } ?? ""
    }

    /// The picture for those who cannot see it.
    var pictureText: String { "How far our accuracies of \(said.name) lie from the reported ones" }
}

extension Plot {
    /// For a place where a heading says it already.
    var untitled: Plot {
        var plot = self
        plot.title = ""
        return plot
    }
}

/// How far an accuracy of ours lies from a reported one, in points of a hundred.
private struct ComparedPoint {
    let name: String
    /// Of which images, and of which epoch: for an axis, and in full.
    let kind, title: String
    let isOfAnEpoch: Bool
    let difference: Double
    /// Without repeats nothing but the difference itself.
    let interval: ClosedRange<Double>
}

extension ComparedFigure {
    /// Nil for what has no place in a chart of accuracies.
    fileprivate func point(of line: ReportLine) -> ComparedPoint? {
        guard case .figure(let figure) = subject, figure.quantity.isAccuracy, let ours,
            let difference = reported.difference(of: ours.mean)
        else { return nil }
        let config = line.said.config.split(separator: "/").last.map(String.init) ?? line.said.config
        let shift = difference - ours.mean
        // A kept figure may be no number.
        guard (100 * shift).isFinite, ours.values.allSatisfy({ abs($0) <= 1 }) else { return nil }
        let interval = ours.interval(TrialSummary.confidence) ?? ours.mean...ours.mean
        var isOfAnEpoch = false
        if case .epoch = figure.place { isOfAnEpoch = true }
        return ComparedPoint(
            name: line.label.isEmpty ? config : line.label, kind: figure.shortTitle, title: figure.title,
            isOfAnEpoch: isOfAnEpoch,
            difference: 100 * difference,
            interval: 100 * (interval.lowerBound + shift)...100 * (interval.upperBound + shift))
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
