import Analysis
import Reporting

/// Points of the plane in the colours of their classes, each class's name in the midst of its points.
struct EmbeddingPicture {
    private let title: String
    private let subtitle: String
    private let note: String
    private let groups: [(name: String, points: [PlanePoint])]

    init(_ title: String, subtitle: String, _ points: [PlanePoint], labels: [UInt8], classNames: [String], note: String)
    {
        self.title = title
        self.subtitle = subtitle
        self.note = note
        var groups = classNames.map { (name: $0, points: [PlanePoint]()) }
        for (point, label) in zip(points, labels) { groups[Int(label)].points.append(point) }
        self.groups = groups
    }

    var plot: Plot {
        let series = groups.enumerated().map { index, group in
            Chart.Series(
                group.name, x: group.points.map { Double($0.x) }, y: group.points.map { Double($0.y) },
                mark: .points(radius: radius), member: index)
        }
        let names = groups.compactMap { group in
            Self.midst(of: group.points).map { Chart.Annotation(group.name, x: Double($0.x), y: Double($0.y)) }
        }
        let chart = Chart(x: Axis(), y: Axis(), series.filter { !$0.x.isEmpty }, annotations: names, height: 640)
        return Plot(title, subtitle: subtitle, [chart], width: 720, notes: [note])
    }

    /// The more points, the smaller each.
    private var radius: Double {
        switch groups.reduce(0, { $0 + $1.points.count }) {
        case ...1000: 2.5
        case ...5000: 1.8
        default: 1.3
        }
    }

    /// The point that is nearest to the medians of both coordinates: a class in two parts has its name on one of them.
    private static func midst(of points: [PlanePoint]) -> PlanePoint? {
        guard !points.isEmpty else { return nil }
        let centre = PlanePoint(points.map(\.x).sorted()[points.count / 2], points.map(\.y).sorted()[points.count / 2])
        func distance(_ point: PlanePoint) -> Float { ((point - centre) * (point - centre)).sum() }
        return points.min { distance($0) < distance($1) }
    }
}
