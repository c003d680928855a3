/// Pixels that a round pen covers, anti-aliased, in MNIST's range: 0 is paper, 255 ink.
struct Ink {
    private var coverage: [Double]
    private let size: Int

    init(size: Int) {
        self.size = size
        coverage = [Double](repeating: 0, count: size * size)
    }

    /// Draws a straight line with round ends. A pixel is covered by as much as its centre is inside the border,
    /// one pixel of which is soft.
    mutating func draw(_ piece: Handwriting.Piece) {
        let reach = piece.radius + 0.5
        let (dx, dy) = (piece.to.x - piece.from.x, piece.to.y - piece.from.y)
        let square = max(dx * dx + dy * dy, 1e-12)
        let columns = pixels(from: min(piece.from.x, piece.to.x) - reach, to: max(piece.from.x, piece.to.x) + reach)
        let rows = pixels(from: min(piece.from.y, piece.to.y) - reach, to: max(piece.from.y, piece.to.y) + reach)
        for row in rows {
            let y = Double(row) + 0.5 - piece.from.y
            for column in columns {
                let x = Double(column) + 0.5 - piece.from.x
                let along = min(max((x * dx + y * dy) / square, 0), 1)
                let (ex, ey) = (x - along * dx, y - along * dy)
                let distance = ex * ex + ey * ey
                guard distance < reach * reach else { continue }
                let cover = min(reach - distance.squareRoot(), 1)
                let place = row * size + column
                coverage[place] = max(coverage[place], cover)
            }
        }
    }

    /// The picture as bytes, the paper clean, the ink a little uneven.
    func bytes(grain: Double, draws: inout Draws) -> [UInt8] {
        coverage.map { cover in
            guard cover > 0 else { return 0 }
            return UInt8(255 * cover * (1 - grain * draws.uniform()) + 0.5)
        }
    }

    private func pixels(from low: Double, to high: Double) -> Range<Int> {
        let first = min(max(Int(low), 0), size)
        return first..<max(min(Int(high) + 1, size), first)
    }
}
