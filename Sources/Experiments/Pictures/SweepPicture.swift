import Reporting
import Schema

/// What came of a sweep's trials: `sweep.svg`. The axes of the sweep decide its form: points with intervals for one, a heat map
/// for two, parallel coordinates for more.
package struct SweepPicture: Sendable {
    package var name: String
    package var groups: [TrialGroup]
    package var metric: Metric
    package var isLogarithmic = false
    /// Trials that have not run to their end.
    package var countOfOthers: Int

    package init(
        name: String, groups: [TrialGroup], metric: Metric, isLogarithmic: Bool = false, countOfOthers: Int = 0
    ) {
        self.name = name
        self.groups = groups
        self.metric = metric
        self.isLogarithmic = isLogarithmic
        self.countOfOthers = countOfOthers
    }

    package var plot: Plot {
        let axes = SweepAxis.all(of: groups)
        let panel: any PlotPanel =
            switch axes.count {
            case 0, 1: points(axes.first)
            case 2 where isGrid(axes): heatMap(axes[0], axes[1])
            default: parallel(axes)
            }
        let trials = groups.reduce(0) { $0 + $1.trials.count }
        let count = trials == 1 ? "1 trial" : "\(grouped(trials)) trials"
        let subtitle =
            trials == groups.count
            ? count
            : groups.count == 1 ? "\(count) of one setting" : "\(count) in \(grouped(groups.count)) groups of repeats"
        return Plot(name, subtitle: subtitle, [panel], columns: 1, notes: explanation(axes))
    }

    private func mean(_ group: TrialGroup) -> Double { group.sample(metric).mean }

    private var isRepeated: Bool { groups.contains { $0.sample(metric).count > 1 } }

    private func explanation(_ axes: [SweepAxis]) -> [String] {
        let repeats =
            !isRepeated
            ? []
            : axes.count < 2
                ? ["Pale dots are trials, large ones means of repeats, lines 95 % intervals of the means."]
                : ["Each value is the mean of its repeats."]
        guard countOfOthers > 0 else { return repeats }
        let others = countOfOthers == 1 ? "1 trial has" : "\(grouped(countOfOthers)) trials have"
        return repeats + ["\(others) not run to the end and \(countOfOthers == 1 ? "is" : "are") left out."]
    }

    /// A point with its interval for each value of an axis, over the trials that it is the mean of.
    private func points(_ axis: SweepAxis?) -> Chart {
        let words = groups.map { _ in "all repeats" }
        let axis = axis ?? SweepAxis(path: "", title: "", values: words.map { JSON($0) }, words: words)
        let places = axis.places
        var singles = Chart.Series(
            "", x: [], y: [], mark: .points(radius: 2.2), paint: .faint, opacity: 1)
        for (place, group) in zip(places, groups) {
            for value in group.sample(metric).values {
                singles.x.append(place)
                singles.y.append(value)
            }
        }
        let samples = groups.map { $0.sample(metric) }
        var means = Chart.Series("", x: places, y: samples.map(\.mean), mark: .points(radius: 4), member: 0)
        if isRepeated {
            let intervals = samples.map { $0.interval(TrialSummary.confidence) }
            means.low = zip(samples, intervals).map { $1?.lowerBound ?? $0.mean }
            means.high = zip(samples, intervals).map { $1?.upperBound ?? $0.mean }
        }
        let y = Axis(scale: isLogarithmic ? .logarithmic : .linear, limits: metric.quantity.limits)
        return Chart(metric.spelledOut, x: axis.axis, y: y, (isRepeated ? [singles] : []) + [means], height: 280)
    }

    /// Whether two axes have a cell for nearly every pair of values, and few enough to be read.
    private func isGrid(_ axes: [SweepAxis]) -> Bool {
        let cells = axes[0].names.count * axes[1].names.count
        return cells <= 1600 && groups.count * 2 >= cells
    }

    /// The axis of more values goes down, where there is more room for names.
    private func heatMap(_ first: SweepAxis, _ second: SweepAxis) -> HeatMap {
        let (rows, columns) = first.names.count >= second.names.count ? (first, second) : (second, first)
        var values = rows.names.map { _ in columns.names.map { _ in Double.nan } }
        for (index, group) in groups.enumerated() { values[rows.ranks[index]][columns.ranks[index]] = mean(group) }
        return HeatMap(
            metric.spelledOut, rows: HeatMap.Side(rows.title, rows.names),
            columns: HeatMap.Side(columns.title, columns.names), values: values
        ) { Reporting.metric($0) }
    }

    private func parallel(_ axes: [SweepAxis]) -> ParallelCoordinates {
        let settings = axes.map { axis in
            ParallelCoordinates.Coordinate(axis.title, axis: axis.axis(isLabeled: false), values: axis.places)
        }
        let scale = Axis(scale: isLogarithmic ? .logarithmic : .linear, limits: metric.quantity.limits)
        let result = ParallelCoordinates.Coordinate(metric.spelledOut, axis: scale, values: groups.map(mean))
        return ParallelCoordinates("", settings + [result], isLowBest: !metric.isAccuracy, height: 320)
    }
}
