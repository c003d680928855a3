import Analysis
import Reporting
import Schema

extension Inspection {
    private static let usualCount = 16
    private static let columns = 16
    /// A row of numbers is broken after so many.
    private static let rowLength = 64
    /// Of one number, where a row has room for it.
    private static let cellSize = 16.0
    private static let mostNumbers = 512
    private static let mostLayers = 40
    private static let mostClasses = 20

    /// What every layer makes of an image, or one of them.
    func featureMapPlot(_ choice: InspectionChoice) throws -> Plot {
        let image = try image(choice.image)
        let maps = try FeatureMaps(of: network, image: image.values, team: team)
        let layers = try chosenLayers(maps, choice.layer)
        let input = ImageGrid(
            "input   \(size(network.input.dimensions))", [.init(image.pixels)], columns: 6, size: 96)
        let panels = layers.map { panel(of: $0, choice, isAlone: choice.layer != nil) }
        // Bars have no colours to be explained.
        var notes =
            panels.contains { $0 is ImageGrid }
            ? ["Each layer has colours of its own, from violet for its smallest number to yellow for its largest."] : []
        if choice.layer == nil { notes += omissions(maps, layers) }
        return Plot(
            "\(displayable(name)): what its layers make of \(image.title)", subtitle: verdict(on: image, maps),
            [input] + panels, columns: 1, notes: notes + channelNotes(network.input.channels))
    }

    private func chosenLayers(_ maps: FeatureMaps, _ name: String?) throws(InspectionError) -> [FeatureMaps.Layer] {
        guard let name else {
            let outer = maps.layers.filter { !$0.isInner }
            return Array(outer.prefix(Self.mostLayers))
        }
        if let layer = maps.layers.first(where: { $0.name == name }) { return [layer] }
        throw .noLayer(name, known: maps.layers.map(\.name))
    }

    /// What is not shown, and why.
    private func omissions(_ maps: FeatureMaps, _ shown: [FeatureMaps.Layer]) -> [String] {
        var notes: [String] = []
        if !maps.passedOn.isEmpty {
            let names =
                maps.passedOn.count > 6 ? "\(maps.passedOn.count) layers" : maps.passedOn.joined(separator: ", ")
            notes.append("Left out, as they only pass on what they are given: \(names).")
        }
        let others = maps.layers.count - shown.count
        if others > 0 { notes.append("Not shown: \(others) other layers; --layer NAME shows one of them.") }
        return notes
    }

    private func panel(of layer: FeatureMaps.Layer, _ choice: InspectionChoice, isAlone: Bool) -> any PlotPanel {
        if layer.isImage { return images(of: layer, choice, isAlone: isAlone) }
        let isLast = layer.shape.count == network.classes && layer.name == network.inference.rows.last?.name
        return isLast && network.classes <= Self.mostClasses ? classBars(of: layer) : numbers(of: layer)
    }

    private func images(of layer: FeatureMaps.Layer, _ choice: InspectionChoice, isAlone: Bool) -> ImageGrid {
        let (height, width, channels) = (layer.shape[0], layer.shape[1], layer.shape.channels)
        let count = choice.count(of: channels, default: isAlone ? 64 : Self.usualCount)
        let range = range(of: layer.values)
        let tiles = (0..<count).map { channel in
            ImageGrid.Tile(
                PixelImage(
                    width: width, height: height, values: layer.map(channel).map(Double.init), in: range, ramp: .viridis
                ),
                tip: "\(layer.name), channel \(channel)")
        }
        let shown =
            count < channels ? ", the first \(count) of \(channels) maps" : channels == 1 ? "" : ", \(channels) maps"
        return ImageGrid(
            "\(layer.name)   \(height) × \(width)\(shown)", tiles, columns: isAlone ? 8 : Self.columns, gap: 5)
    }

    private func numbers(of layer: FeatureMaps.Layer) -> ImageGrid {
        let shown = Array(layer.values.prefix(Self.mostNumbers)).map(Double.init)
        // Rows of equal length, as far as that is possible.
        let height = (shown.count + Self.rowLength - 1) / Self.rowLength
        let width = (shown.count + height - 1) / height
        let padding = [Double](repeating: .nan, count: width * height - shown.count)
        let image = PixelImage(
            width: width, height: height, values: shown + padding, in: range(of: layer.values), ramp: .viridis)
        let count = layer.values.count
        let title = count > shown.count ? "the first \(shown.count) of \(grouped(count)) numbers" : "\(count) numbers"
        return ImageGrid(
            "\(layer.name)   \(title)", [.init(image)], columns: 1,
            size: Self.cellSize * Double(max(width, height)))
    }

    private func classBars(of layer: FeatureMaps.Layer) -> BarChart {
        let values = layer.values.map(Double.init)
        let isProbability = network.inference.graph.isProbability(network.inference.output)
        return BarChart(
            "\(layer.name)   \(isProbability ? "probability" : "score") of each class",
            categories: values.indices.map(className), [.init("", values)], isHorizontal: true
        ) { isProbability ? percent($0, digits: 1) : metric($0) }
    }

    private func range(of values: [Float]) -> ClosedRange<Double> {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return 0...1 }
        return Double(low)...Double(high)
    }

    private func size(_ dimensions: [Int]) -> String {
        let channels = dimensions[2] == 1 ? "" : ", \(dimensions[2]) channels"
        return "\(dimensions[0]) × \(dimensions[1])\(channels)"
    }

    /// What the network says of the image, and what is true.
    private func verdict(on image: InspectedImage, _ maps: FeatureMaps) -> String {
        guard let last = maps.layers.last, last.shape.count == network.classes else { return "" }
        let best = last.values.indices.reduce(0) { last.values[$1] > last.values[$0] ? $1 : $0 }
        guard let label = image.label else { return "taken for \(className(best))" }
        return "class \(className(label)), " + (label == best ? "found" : "taken for \(className(best))")
    }
}
