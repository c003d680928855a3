import Analysis
import Reporting
import Schema

extension Inspection {
    private static let usualCount = 12
    /// More channels than these would be dots.
    private static let mostChannels = 64

    /// The filters of a convolution: squares if they read one channel, else a row of squares for each.
    func filterPlot(_ choice: InspectionChoice) throws -> Plot {
        let filters = try chosenFilters(choice.layer)
        let count = choice.count(of: filters.count, default: Self.usualCount)
        let grid = filters.channels == 1 ? squares(filters, count) : rows(filters, count)
        var notes = [
            "Orange weights are above zero, blue ones below; the fullest colour stands for ±\(metric(grid.limit))."
        ]
        if filters.channels > 1 {
            let shown = min(filters.channels, Self.mostChannels)
            notes.append(
                "A row is a filter, a column one of the \(shown == filters.channels ? "" : "first \(shown) of ")"
                    + "\(filters.channels) channels that it reads.")
        }
        return Plot(
            "\(displayable(name)): filters of \(filters.layer)",
            subtitle: "\(count == filters.count ? "all" : "the first \(count) of") \(grouped(filters.count)), "
                + "\(filters.height) × \(filters.width)", [grid], notes: notes)
    }

    /// Those of a layer, or else the first that have more than one pixel.
    private func chosenFilters(_ layer: String?) throws(InspectionError) -> Filters {
        let all = Filters.all(of: network)
        guard let first = all.first(where: \.areSpatial) ?? all.first else { throw .noConvolution }
        guard let layer else { return first }
        if let found = all.first(where: { $0.layer == layer }) { return found }
        let names = network.inference.rows.map(\.name)
        throw names.contains(layer)
            ? .noFilters(layer: layer, known: all.map(\.layer)) : .noLayer(layer, known: all.map(\.layer))
    }

    private func squares(_ filters: Filters, _ count: Int) -> WeightGrid {
        WeightGrid(
            "", (0..<count).map { tile(filters, $0, channel: 0, caption: "\($0)") }, columns: count <= 12 ? 6 : 8,
            size: 104, gap: 14)
    }

    private func rows(_ filters: Filters, _ count: Int) -> WeightGrid {
        let channels = min(filters.channels, Self.mostChannels)
        return WeightGrid(
            "", (0..<count).flatMap { filter in (0..<channels).map { tile(filters, filter, channel: $0) } },
            rowLabels: (0..<count).map(String.init), columns: channels, size: channels <= 8 ? 40 : 60,
            gap: channels > 32 ? 2 : 4)
    }

    private func tile(_ filters: Filters, _ filter: Int, channel: Int, caption: String = "") -> WeightGrid.Tile {
        WeightGrid.Tile(
            width: filters.width, height: filters.height,
            values: filters.weights(filter: filter, channel: channel).map(Double.init), caption: caption)
    }
}
