// Winograd's convolution F(2 × 2, 3 × 3), tile by tile and component by component, as the formulas say it.

extension Reference {
    // The transforms of one line of values; `plane` applies one to the columns of a square first and to the rows then.

    private typealias Line = [Float]

    /// Bᵀ d.
    private static func imageComponents(_ d: Line) -> Line { [d[0] - d[2], d[1] + d[2], d[2] - d[1], d[3] - d[1]] }
    /// B n.
    private static func pixels(_ n: Line) -> Line { [n[0], n[1] - n[2] - n[3], n[1] + n[2] - n[0], n[3]] }
    /// G g.
    private static func kernelComponents(_ g: Line) -> Line {
        [g[0], (g[0] + g[2] + g[1]) / 2, (g[0] + g[2] - g[1]) / 2, g[2]]
    }
    /// Gᵀ s.
    private static func kernel(_ s: Line) -> Line {
        [s[0] + (s[1] + s[2]) / 2, (s[1] - s[2]) / 2, (s[1] + s[2]) / 2 + s[3]]
    }
    /// Aᵀ m.
    private static func results(_ m: Line) -> Line { [m[0] + m[1] + m[2], m[1] - m[2] + m[3]] }
    /// A p.
    private static func gradientComponents(_ p: Line) -> Line { [p[0], p[0] + p[1], p[0] - p[1], p[1]] }

    private static func plane(_ square: [Line], _ transform: (Line) -> Line) -> [Line] {
        turned(turned(square).map(transform)).map(transform)
    }

    private static func turned(_ square: [Line]) -> [Line] {
        square[0].indices.map { column in square.map { $0[column] } }
    }

    /// The square of `length`² values from (top, left) of one image's channel, zero outside of the image.
    private static func square(
        _ values: [Float], _ n: Int, height: Int, width: Int, channels: Int, channel: Int, top: Int, left: Int,
        length: Int
    ) -> [Line] {
        (top..<top + length).map { row in
            (left..<left + length).map { column in
                guard 0..<height ~= row, 0..<width ~= column else { return 0 }
                return values[((n * height + row) * width + column) * channels + channel]
            }
        }
    }

    /// The components of a kernel's channel and filter, 16 in a row.
    private static func kernelComponents(_ shape: ConvolutionShape, _ kernel: [Float], _ c: Int, _ f: Int) -> Line {
        let square = (0..<3).map { p in
            (0..<3).map { q in kernel[((p * 3 + q) * shape.channels + c) * shape.filters + f] }
        }
        return plane(square, kernelComponents).flatMap(\.self)
    }

    private static func rows(_ line: Line) -> [Line] { (0..<4).map { Array(line[4 * $0..<4 * $0 + 4]) } }

    /// The tiles of an image, by row and column.
    private static func tiles(_ shape: ConvolutionShape) -> [(row: Int, column: Int)] {
        (0..<(shape.vertical.count + 1) / 2).flatMap { row in
            (0..<(shape.horizontal.count + 1) / 2).map { (row, $0) }
        }
    }

    /// The components of the pixels that a tile sees, for each channel.
    private static func imageComponents(
        _ shape: ConvolutionShape, _ x: [Float], _ n: Int, _ tile: (row: Int, column: Int)
    ) -> [Line] {
        (0..<shape.channels).map { channel in
            let pixels = square(
                x, n, height: shape.vertical.size, width: shape.horizontal.size, channels: shape.channels,
                channel: channel, top: 2 * tile.row - shape.vertical.before,
                left: 2 * tile.column - shape.horizontal.before, length: 4)
            return plane(pixels, imageComponents).flatMap(\.self)
        }
    }

    /// The components of a tile's result gradients, for each filter.
    private static func gradientComponents(
        _ shape: ConvolutionShape, _ dy: [Float], _ n: Int, _ tile: (row: Int, column: Int)
    ) -> [Line] {
        (0..<shape.filters).map { filter in
            let results = square(
                dy, n, height: shape.vertical.count, width: shape.horizontal.count, channels: shape.filters,
                channel: filter, top: 2 * tile.row, left: 2 * tile.column, length: 2)
            return plane(results, gradientComponents).flatMap(\.self)
        }
    }

    /// For each component the chain of multiply-adds over a list of pairs.
    private static func chains(_ pairs: [(Line, Line)]) -> Line {
        pairs.reduce(into: Line(repeating: 0, count: 16)) { sums, pair in
            for component in 0..<16 {
                sums[component] = sums[component].adding(pair.0[component], times: pair.1[component])
            }
        }
    }

    /// y = Aᵀ (Σ_c (G g Gᵀ) ⊙ (Bᵀ d B)) A + bias.
    package static func winogradConvolve(
        _ shape: ConvolutionShape, images: Int, x: [Float], kernel: [Float], bias: [Float]?
    ) -> [Float] {
        var y = [Float](repeating: 0, count: images * shape.outputCount)
        let kernels = (0..<shape.filters).map { f in
            (0..<shape.channels).map { kernelComponents(shape, kernel, $0, f) }
        }
        for n in 0..<images {
            for tile in tiles(shape) {
                let image = imageComponents(shape, x, n, tile)
                for f in 0..<shape.filters {
                    let values = plane(rows(chains(Array(zip(image, kernels[f])))), results)
                    for i in 0..<min(2, shape.vertical.count - 2 * tile.row) {
                        for j in 0..<min(2, shape.horizontal.count - 2 * tile.column) {
                            let row = n * shape.vertical.count + 2 * tile.row + i
                            y[(row * shape.horizontal.count + 2 * tile.column + j) * shape.filters + f] =
                                values[i][j] + (bias?[f] ?? 0)
                        }
                    }
                }
            }
        }
        return y
    }

    /// dx = Σ over tiles, in order, of B (Σ_f (A dy Aᵀ) ⊙ (G g Gᵀ)) Bᵀ.
    package static func winogradInputGradient(
        _ shape: ConvolutionShape, images: Int, dy: [Float], kernel: [Float]
    ) -> [Float] {
        var dx = [Float](repeating: 0, count: images * shape.inputCount)
        let kernels = (0..<shape.channels).map { c in
            (0..<shape.filters).map { kernelComponents(shape, kernel, c, $0) }
        }
        for n in 0..<images {
            for tile in tiles(shape) {
                let gradient = gradientComponents(shape, dy, n, tile)
                for c in 0..<shape.channels {
                    let values = plane(rows(chains(Array(zip(gradient, kernels[c])))), pixels)
                    for i in 0..<4 {
                        for j in 0..<4 {
                            let h = 2 * tile.row - shape.vertical.before + i
                            let w = 2 * tile.column - shape.horizontal.before + j
                            guard 0..<shape.vertical.size ~= h, 0..<shape.horizontal.size ~= w else { continue }
                            dx[((n * shape.vertical.size + h) * shape.horizontal.size + w) * shape.channels + c] +=
                                values[i][j]
                        }
                    }
                }
            }
        }
        return dx
    }

    /// dw = Gᵀ (Σ over tiles of (Bᵀ d B) ⊙ (A dy Aᵀ)) G. A large image is cut evenly into chains, which are added up in
    /// order; small images are one chain. Parts of the batch are added up last.
    package static func winogradKernelGradient(
        _ shape: ConvolutionShape, parts: [Range<Int>], x: [Float], dy: [Float]
    ) -> [Float] {
        var dw = [Float](repeating: 0, count: shape.kernelCount)
        let tiles = tiles(shape)
        let isLarge = tiles.count >= Winograd.largeImageTiles
        let chainCount = (tiles.count + Winograd.chainTiles - 1) / Winograd.chainTiles
        let ends = (0...chainCount).map { tiles.count * $0 / chainCount }
        let transformed = parts.map { part in
            let images = part.map { n in
                tiles.map { (imageComponents(shape, x, n, $0), gradientComponents(shape, dy, n, $0)) }
            }
            return isLarge
                ? images.flatMap { image in zip(ends, ends.dropFirst()).map { Array(image[$0..<$1]) } }
                : [images.flatMap(\.self)]
        }
        for c in 0..<shape.channels {
            for f in 0..<shape.filters {
                let sums = transformed.map { part in
                    sum(part.map { tiles in chains(tiles.map { ($0.0[c], $0.1[f]) }) })
                }
                for (position, value) in plane(rows(sum(sums)), kernel).flatMap(\.self).enumerated() {
                    dw[(position * shape.channels + c) * shape.filters + f] = value
                }
            }
        }
        return dw
    }

    private static func sum(_ lines: [Line]) -> Line {
        lines.dropFirst().reduce(lines[0]) { zip($0, $1).map { $0 + $1 } }
    }
}
