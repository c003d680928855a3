extension Drawing {
    /// The picture in pixels, `scale` of them for each unit of the drawing; never more than a screen can show at once.
    package func png(theme: Theme = .light, scale: Double = 2) -> [UInt8] {
        pixels(theme: theme, scale: scale).png
    }

    func pixels(theme: Theme, scale: Double) -> PixelImage {
        let longest = max(width, height, 1)
        let scale = min(scale, Raster.mostPixels / longest)
        var raster = Raster(
            width: max(1, Int((width * scale).rounded())), height: max(1, Int((height * scale).rounded())),
            background: Paint.surface.color(in: theme))
        for shape in shapes { raster.draw(shape, theme: theme, scale: scale) }
        return raster.image
    }
}

extension Raster {
    static let mostPixels = 8192.0

    mutating func draw(_ shape: Drawing.Shape, theme: Theme, scale: Double) {
        switch shape {
        case .lines(let lines, let stroke):
            let lines = lines.flatMap { dashed($0, stroke.dashes) }.map { $0.map { $0 * scale } }
            self.stroke(
                lines, width: stroke.width * scale, color: stroke.paint.color(in: theme), opacity: stroke.opacity)
        case .area(let points, let paint, let opacity):
            fill(points.map { $0 * scale }, color: paint.color(in: theme), opacity: opacity)
        case .rectangle(let box, let paint, _):
            fill(box.scaled(scale), color: paint.color(in: theme))
        case .rectangles(let boxes, let paint):
            for box in boxes { fill(box.scaled(scale), color: paint.color(in: theme)) }
        case .dots(let points, let radius, let paint, let opacity):
            // Dots of one series do not darken each other, as in SVG.
            stroke(
                points.map { [$0 * scale] }, width: 2 * radius * scale, color: paint.color(in: theme), opacity: opacity)
        case .text(let label):
            let font = StrokeFont(size: label.size * scale, isBold: label.isBold)
            var label = label
            label.place = label.place * scale
            let strokes = font.strokes(of: label)
            if label.hasHalo {
                stroke(strokes, width: font.penWidth + 4 * scale, color: Paint.surface.color(in: theme))
            }
            stroke(strokes, width: font.penWidth, color: label.paint.color(in: theme))
        case .image(let image, let box, _): draw(image, in: box.scaled(scale))
        case .target: break
        }
    }
}

extension Drawing.Box {
    fileprivate func scaled(_ factor: Double) -> Drawing.Box {
        Drawing.Box(x: x * factor, y: y * factor, width: width * factor, height: height * factor)
    }
}
