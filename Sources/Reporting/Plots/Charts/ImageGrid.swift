/// Images in rows, each with a caption and, where it matters, a frame in a colour.
package struct ImageGrid: PlotPanel {
    package struct Tile: Sendable {
        package var image: PixelImage
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

    package init(_ title: String = "", _ tiles: [Tile], columns: Int = 10, size: Double = 84) {
        self.title = title
        self.tiles = tiles
        self.columns = max(1, columns)
        self.size = size
    }

    private static let gap = 8.0
    private static let captionSize = 10.0

    private func side(_ width: Double) -> Double {
        max(1, min(size, (width - Self.gap * Double(columns - 1)) / Double(columns)))
    }

    /// The highest image of all decides how far rows are apart.
    private func tileHeight(_ side: Double) -> Double {
        tiles.map { height(of: $0.image, side) }.max() ?? 0
    }

    private func height(of image: PixelImage, _ side: Double) -> Double {
        side * Double(image.height) / Double(max(image.width, image.height))
    }

    private var captionHeight: Double { tiles.allSatisfy(\.caption.isEmpty) ? 0 : 15 }

    package func height(forWidth width: Double) -> Double {
        let rows = Double((tiles.count + columns - 1) / columns)
        return tiles.isEmpty ? 20 : rows * (tileHeight(side(width)) + captionHeight + Self.gap) - Self.gap + 4
    }

    package func draw(in frame: Drawing.Box, on drawing: inout Drawing) {
        guard !tiles.isEmpty else {
            drawing.add(label("no images", at: frame.middle, within: frame.width, paint: .muted, anchor: .middle))
            return
        }
        let side = side(frame.width)
        let rowHeight = tileHeight(side) + captionHeight + Self.gap
        for (index, tile) in tiles.enumerated() {
            let x = frame.x + Double(index % columns) * (side + Self.gap)
            let y = frame.y + 2 + Double(index / columns) * rowHeight
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
            if !tile.caption.isEmpty {
                drawing.add(
                    label(
                        tile.caption, at: .init(x + side / 2, y + tileHeight(side) + 12), within: side + Self.gap - 2,
                        size: Self.captionSize, paint: .muted, anchor: .middle))
            }
        }
    }

    /// Characters cannot show images; a line says what there would be.
    package func lines(width: Int, options: TextOptions) -> [String] {
        [truncated("\(grouped(tiles.count)) images: choose a file of .svg or .png to see them", to: width)]
    }
}
