/// Small squares of signed numbers in rows, such as the filters of a convolution: one hue below zero, another above.
///
/// Unlike images they are drawn as rectangles, so that the middle of the ramp is the surface's in either theme.
package struct WeightGrid: PlotPanel {
    package struct Tile: Sendable {
        package var width: Int
        package var height: Int
        /// Rows from the top.
        package var values: [Double]
        package var caption: String

        /// Numbers that are known to be as many as the size says.
        package init(width: Int, height: Int, values: [Double], caption: String = "") {
            precondition(width > 0 && height > 0 && values.count == width * height)
            self.width = width
            self.height = height
            self.values = values
            self.caption = caption
        }
    }

    package var title: String
    package var tiles: [Tile]
    /// What stands before each row of tiles; none if empty.
    package var rowLabels: [String]
    package var columns: Int
    /// The longest side of a tile, where a row has room for it.
    package var size: Double
    package var gap: Double

    package init(
        _ title: String = "", _ tiles: [Tile], rowLabels: [String] = [], columns: Int = 8, size: Double = 72,
        gap: Double = 8
    ) {
        self.title = title
        self.tiles = tiles
        self.rowLabels = rowLabels
        self.columns = max(1, columns)
        self.size = size
        self.gap = gap
    }

    private static let captionSize = 10.0

    /// The number that has the fullest colour, above or below zero.
    package var limit: Double {
        tiles.lazy.flatMap(\.values).filter(\.isFinite).map(abs).max() ?? 0
    }

    private var labelWidth: Double {
        rowLabels.isEmpty
            ? 0 : min(90, (rowLabels.map { roomFor($0, size: Self.captionSize) }.max() ?? 0).rounded() + 8)
    }

    /// Whole halves of pixels for each number, so that no seams are seen between them.
    private func side(_ width: Double) -> Double {
        let room = max(1, min(size, (width - labelWidth - gap * Double(columns - 1)) / Double(columns)))
        let numbers = Double(tiles.map { max($0.width, $0.height) }.max() ?? 1)
        let cell = (room / numbers * 2).rounded(.down) / 2
        return cell > 0 ? cell * numbers : room
    }

    private func height(of tile: Tile, _ side: Double) -> Double {
        side * Double(tile.height) / Double(max(tile.width, tile.height))
    }

    private func tileHeight(_ side: Double) -> Double { tiles.map { height(of: $0, side) }.max() ?? 0 }

    private var captionHeight: Double { tiles.allSatisfy(\.caption.isEmpty) ? 0 : 15 }

    package func height(forWidth width: Double) -> Double {
        let rows = Double((tiles.count + columns - 1) / columns)
        return tiles.isEmpty ? 20 : rows * (tileHeight(side(width)) + captionHeight + gap) - gap + 4
    }

    package func draw(in frame: Drawing.Box, on drawing: inout Drawing) {
        let side = side(frame.width)
        let height = tileHeight(side)
        var cells: [Int: [Drawing.Box]] = [:]
        for (index, tile) in tiles.enumerated() {
            let x = frame.x + labelWidth + Double(index % columns) * (side + gap)
            let y = frame.y + 2 + Double(index / columns) * (height + captionHeight + gap)
            let width = side * Double(tile.width) / Double(max(tile.width, tile.height))
            let box = Drawing.Box(x: x, y: y, width: width, height: self.height(of: tile, side))
            let rim = side >= 24 ? 1 : 0.5
            drawing.add(.rectangle(box.inset(left: -rim, top: -rim, right: -rim, bottom: -rim), .grid, tip: nil))
            add(tile, in: box, to: &cells)
            if index % columns == 0, index / columns < rowLabels.count {
                let place = Drawing.Point(frame.x, y + height / 2 + 3.5)
                drawing.add(
                    label(
                        rowLabels[index / columns], at: place, within: labelWidth, size: Self.captionSize,
                        paint: .muted))
            }
            if !tile.caption.isEmpty {
                let place = Drawing.Point(x + width / 2, y + height + 12)
                drawing.add(
                    label(
                        tile.caption, at: place, within: side + gap - 2, size: Self.captionSize, paint: .muted,
                        anchor: .middle))
            }
        }
        // All rectangles of one colour are one shape.
        for (step, boxes) in cells.sorted(by: { $0.key < $1.key }) {
            drawing.add(.rectangles(boxes, ColorRamp.diverging.paint(Double(step) / Double(ColorRamp.steps))))
        }
    }

    private func add(_ tile: Tile, in box: Drawing.Box, to cells: inout [Int: [Drawing.Box]]) {
        let (limit, side) = (limit, box.width / Double(tile.width))
        for (index, value) in tile.values.enumerated() where value.isFinite {
            let share = limit > 0 ? 0.5 + value / limit / 2 : 0.5
            let (row, column) = (index / tile.width, index % tile.width)
            cells[Int((share * Double(ColorRamp.steps)).rounded()), default: []].append(
                Drawing.Box(
                    x: box.x + Double(column) * side, y: box.y + Double(row) * side, width: side, height: side))
        }
    }

    package var notes: [String] {
        tiles.contains { !$0.values.allSatisfy(\.isFinite) } ? ["Places without colour have no finite value."] : []
    }

    /// Characters cannot show weights; a line says what there would be.
    package func lines(width: Int, options: TextOptions) -> [String] {
        [truncated("\(grouped(tiles.count)) filters: choose a file of .svg or .png to see them", to: width)]
    }
}
