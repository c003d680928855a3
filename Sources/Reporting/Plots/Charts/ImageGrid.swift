/// Images in rows, each with a caption and, where it matters, a frame in a colour.
package struct ImageGrid: PlotPanel {
    package struct Tile: Sendable {
        package var image: PixelImage
        /// One line or several.
        package var caption: String
        package var frame: Paint?
        /// What appears when a pointer rests on the image.
        package var tip: String?

        package init(_ image: PixelImage, caption: String = "", frame: Paint? = nil, tip: String? = nil) {
            self.image = image
            self.caption = caption
            self.frame = frame
            self.tip = tip
        }
    }

    package var title: String
    package var tiles: [Tile]
    /// How many images stand in a row.
    package var columns: Int
    /// The longest side of an image, where a row has room for it.
    package var size: Double
    /// How far images are apart.
    package var gap: Double

    package init(_ title: String = "", _ tiles: [Tile], columns: Int = 10, size: Double = 84, gap: Double = 8) {
        self.title = title
        self.tiles = tiles
        self.columns = max(1, columns)
        self.size = size
        self.gap = gap
    }

    private static let captionSize = 10.0
    private static let lineHeight = 13.0

    private func side(_ width: Double) -> Double {
        max(1, min(size, (width - gap * Double(columns - 1)) / Double(columns)))
    }

    /// The highest image of all decides how far rows are apart.
    private func tileHeight(_ side: Double) -> Double {
        tiles.map { height(of: $0.image, side) }.max() ?? 0
    }

    private func height(of image: PixelImage, _ side: Double) -> Double {
        side * Double(image.height) / Double(max(image.width, image.height))
    }

    private func lines(of tile: Tile) -> [Substring] { tile.caption.split(separator: "\n") }

    /// Where each row begins, and at last where the one behind the last would: rows without captions are lower.
    private func tops(_ side: Double) -> [Double] {
        let height = tileHeight(side) + gap
        return stride(from: 0, to: tiles.count, by: columns).reduce(into: [0]) { tops, start in
            let row = tiles[start..<min(start + columns, tiles.count)]
            let most = row.map { lines(of: $0).count }.max() ?? 0
            tops.append((tops.last ?? 0) + height + (most == 0 ? 0 : Double(most) * Self.lineHeight + 2))
        }
    }

    package func height(forWidth width: Double) -> Double {
        tiles.isEmpty ? 20 : (tops(side(width)).last ?? 0) - gap + 4
    }

    package func draw(in frame: Drawing.Box, on drawing: inout Drawing) {
        guard !tiles.isEmpty else {
            drawing.add(label("no images", at: frame.middle, within: frame.width, paint: .muted, anchor: .middle))
            return
        }
        let side = side(frame.width)
        let tops = tops(side)
        for (index, tile) in tiles.enumerated() {
            let x = frame.x + Double(index % columns) * (side + gap)
            let y = frame.y + 2 + tops[index / columns]
            let height = height(of: tile.image, side)
            let width = side * Double(tile.image.width) / Double(max(tile.image.width, tile.image.height))
            let box = Drawing.Box(x: x + (side - width) / 2, y: y, width: width, height: height)
            // Where no colour says anything a thin line still shows where a white image ends.
            let border = tile.frame == nil ? 0.5 : 2
            drawing.add(
                .rectangle(
                    box.inset(left: -border, top: -border, right: -border, bottom: -border), tile.frame ?? .faint,
                    tip: nil))
            drawing.add(.image(tile.image, box, tip: tile.tip))
            for (line, text) in lines(of: tile).enumerated() {
                let place = Drawing.Point(x + side / 2, y + tileHeight(side) + 12 + Double(line) * Self.lineHeight)
                drawing.add(
                    label(
                        String(text), at: place, within: side + gap - 2, size: Self.captionSize,
                        paint: line == 0 && lines(of: tile).count > 1 ? .ink : .muted, anchor: .middle))
            }
        }
    }

    /// Characters cannot show images; a line says what there would be.
    package func lines(width: Int, options: TextOptions) -> [String] {
        [truncated("\(grouped(tiles.count)) images: choose a file of .svg or .png to see them", to: width)]
    }
}
