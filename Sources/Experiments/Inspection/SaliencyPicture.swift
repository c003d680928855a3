import Analysis
import Reporting
import Tensors

extension Inspection {
    private static let usualClasses = 5
    private static let examplesInRow = 10

    /// Which pixels speak for a class: of one image for its most probable classes, or of one image of each class.
    func saliencyPlot(_ choice: InspectionChoice) throws -> Plot {
        let saliency = try Saliency(of: network)
        let grids: [ImageGrid]
        let title: String
        let subtitle: String
        if choice.image != nil {
            let image = try image(choice.image)
            grids = [try classes(of: image, saliency, choice)]
            title = "\(displayable(name)): what speaks for the classes of \(image.title)"
            subtitle = "gradients of scores by pixel, smoothed, for the most probable classes"
        } else {
            grids = try examples(saliency, choice)
            title = "\(displayable(name)): what speaks for the predicted class"
            subtitle = "images with their classes; below, gradients of the predicted classes' scores by pixel, smoothed"
        }
        return Plot(
            title, subtitle: subtitle, grids, columns: 1,
            notes: [
                "More light where it is orange makes the class more likely, where it is blue less likely. Each map has its "
                    + "own scale; the image shines through in grey."
            ] + channelNotes(network.input.channels))
    }

    /// The first test image of every class, and below it what speaks for the class that is predicted.
    private func examples(_ saliency: Saliency, _ choice: InspectionChoice) throws -> [ImageGrid] {
        let (images, verdicts) = (try testImages(), try verdicts())
        let firsts = (0..<images.classes).compactMap { number in images.labels.firstIndex { Int($0) == number } }
        let shown = firsts.prefix(choice.count(of: firsts.count, default: Self.examplesInRow))
        let columns = max(1, min(shown.count, Self.examplesInRow))
        return try stride(from: 0, to: shown.count, by: columns).map { start in
            let row = try shown[start..<min(start + columns, shown.count)].map { number in
                let (image, verdict) = (try testImage(number), verdicts.all[number])
                let map = saliency.map(of: image.values, class: verdict.predicted, team: team)
                return (
                    ImageGrid.Tile(image.pixels, caption: className(verdict.label), tip: image.title),
                    ImageGrid.Tile(picture(of: map, over: image), caption: className(verdict.predicted))
                )
            }
            return ImageGrid("", row.map(\.0) + row.map(\.1), columns: row.count, size: 62)
        }
    }

    private func classes(of image: InspectedImage, _ saliency: Saliency, _ choice: InspectionChoice) throws -> ImageGrid
    {
        let probabilities = try probabilities(of: image)
        let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
        let shown = order.prefix(choice.count(of: order.count, default: Self.usualClasses))
        let own = image.label.map { "class \(className($0))" } ?? ""
        var tiles = [ImageGrid.Tile(image.pixels, caption: own.isEmpty ? "" : "\(own)\n ")]
        tiles += shown.map { number in
            .init(
                picture(of: saliency.map(of: image.values, class: number, team: team), over: image),
                caption: "\(className(number))\n\(percent(Double(probabilities[number]), digits: 1))")
        }
        return ImageGrid("", tiles, columns: 6, size: 108)
    }

    func probabilities(of image: InspectedImage) throws -> [Float] {
        let images = try FloatMemory(count: image.values.count)
        images.set(image.values)
        let program = try network.program(.inference, batch: 1)
        // The program also computes a loss, for which any label will do.
        program.bind(images: images, labels: try FloatMemory(count: 1))
        program.run(team: team)
        return program.probabilities
    }

    /// A map of signed numbers that glow on black, as bright as the images it is shown with.
    private func picture(of map: [Float], over image: InspectedImage) -> PixelImage {
        let channels = network.input.channels
        // Of a pixel's channels the one that matters most.
        let values = stride(from: 0, to: map.count, by: channels).map { first in
            map[first..<first + channels].max { abs($0) < abs($1) } ?? 0
        }
        let limit = values.filter(\.isFinite).map(abs).max() ?? 0
        let (against, towards) = (ColorRamp.diverging.paint(0).dark, ColorRamp.diverging.paint(1).dark)
        let bytes = values.indices.flatMap { index -> [UInt8] in
            let value = values[index].isFinite ? values[index] : 0
            let strength = limit > 0 ? Double(abs(value) / limit) : 0
            let color = image.grey(index).mixed(with: value < 0 ? against : towards, strength)
            return [color.red, color.green, color.blue]
        }
        return PixelImage(width: network.input[1], height: network.input[0], channels: 3, bytes: bytes)
    }
}

extension InspectedImage {
    /// A pixel as it shines through.
    fileprivate func grey(_ index: Int) -> RGB {
        let channels = pixels.channels
        let light = (0..<channels).reduce(0) { $0 + Int(pixels.bytes[index * channels + $1]) } / channels
        let dimmed = UInt8(light * 2 / 5)
        return RGB(red: dimmed, green: dimmed, blue: dimmed)
    }
}
