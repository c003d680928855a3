import Kernels

// Winograd's convolutions F(2 × 2, 3 × 3) and F(4 × 4, 3 × 3), tile by tile and component by component, as the formulas say
// them.

extension Reference {
    private typealias Line = [Float]

    // The transforms of one line of values; `plane` applies one to the columns of a square first and to the rows then.

    private struct LineTransforms {
        /// Bᵀ d.
        let imageComponents: (Line) -> Line
        /// B n.
        let pixels: (Line) -> Line
        /// G g.
        let kernelComponents: (Line) -> Line
        /// Gᵀ s.
        let kernel: (Line) -> Line
        /// Aᵀ m.
        let results: (Line) -> Line
        /// A p.
        let gradientComponents: (Line) -> Line

        static func of(_ side: Winograd.Side) -> LineTransforms {
            switch side {
            case .two: two
            case .four: four
            }
        }

        private static var two: LineTransforms {
            LineTransforms(
                imageComponents: { d in [d[0] - d[2], d[1] + d[2], d[2] - d[1], d[3] - d[1]] },
                pixels: { n in [n[0], n[1] - n[2] - n[3], n[1] + n[2] - n[0], n[3]] },
                kernelComponents: { g in [g[0], (g[0] + g[2] + g[1]) / 2, (g[0] + g[2] - g[1]) / 2, g[2]] },
                kernel: { s in [s[0] + (s[1] + s[2]) / 2, (s[1] - s[2]) / 2, (s[1] + s[2]) / 2 + s[3]] },
                results: { m in [m[0] + m[1] + m[2], m[1] - m[2] + m[3]] },
                gradientComponents: { p in [p[0], p[0] + p[1], p[0] - p[1], p[1]] })
        }

        private static var four: LineTransforms {
            let (p, q, p2, q2) = (WinogradPoints.p, WinogradPoints.q, WinogradPoints.p2, WinogradPoints.q2)
            let (product, sum) = (WinogradPoints.product, WinogradPoints.sum)
            let (s, t) = (WinogradPoints.s, WinogradPoints.t)
            /// The parts of the points' values that are the same for p and −p, or differ in sign.
            func parts(_ n: Line) -> (evenP: Float, oddP: Float, evenQ: Float, oddQ: Float) {
                (n[1] + n[2], n[1] - n[2], n[3] + n[4], n[3] - n[4])
            }
            func pairs(_ evenP: Float, _ oddP: Float, _ evenQ: Float, _ oddQ: Float) -> Line {
                [
                    evenP.adding(oddP, times: p), evenP.adding(oddP, times: -p),
                    evenQ.adding(oddQ, times: q), evenQ.adding(oddQ, times: -q),
                ]
            }
            return LineTransforms(
                imageComponents: { d in
                    [d[4].adding(d[2], times: -sum).adding(d[0], times: product)]
                        + pairs(
                            d[4].adding(d[2], times: -q2), d[3].adding(d[1], times: -q2),
                            d[4].adding(d[2], times: -p2), d[3].adding(d[1], times: -p2))
                        + [d[5].adding(d[3], times: -sum).adding(d[1], times: product)]
                },
                pixels: { n in
                    let n = (line: n, parts: parts(n))
                    return [
                        n.line[0] * product,
                        n.line[5] * product - (n.parts.oddP * (p * q2)).adding(n.parts.oddQ, times: p2 * q),
                        n.line[0] * -sum - (n.parts.evenP * q2).adding(n.parts.evenQ, times: p2),
                        (n.parts.oddP * p).adding(n.parts.oddQ, times: q).adding(n.line[5], times: -sum),
                        n.line[0] + n.parts.evenP + n.parts.evenQ,
                        n.line[5],
                    ]
                },
                kernelComponents: { g in
                    let (evenP, oddP) = (g[0].adding(g[2], times: p2) * s, g[1] * (s * p))
                    let (evenQ, oddQ) = (g[0].adding(g[2], times: q2) * t, g[1] * (t * q))
                    return [g[0] * (1 / product), evenP + oddP, evenP - oddP, evenQ + oddQ, evenQ - oddQ, g[2]]
                },
                kernel: { sums in
                    let (evenP, oddP, evenQ, oddQ) = parts(sums)
                    return [
                        (sums[0] * (1 / product)).adding(evenP, times: s).adding(evenQ, times: t),
                        (oddP * (s * p)).adding(oddQ, times: t * q),
                        sums[5].adding(evenP, times: s * p2).adding(evenQ, times: t * q2),
                    ]
                },
                results: { m in
                    let (evenP, oddP, evenQ, oddQ) = parts(m)
                    return [
                        m[0] + evenP + evenQ,
                        (oddP * p).adding(oddQ, times: q),
                        (evenP * p2).adding(evenQ, times: q2),
                        m[5].adding(oddP, times: p * p2).adding(oddQ, times: q * q2),
                    ]
                },
                gradientComponents: { d in
                    [d[0]]
                        + pairs(
                            d[0].adding(d[2], times: p2), d[1].adding(d[3], times: p2),
                            d[0].adding(d[2], times: q2), d[1].adding(d[3], times: q2))
                        + [d[3]]
                })
        }
    }

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

    /// The components of a kernel's channel and filter, all in a row.
    private static func kernelComponents(_ winograd: Winograd, _ kernel: [Float], _ c: Int, _ f: Int) -> Line {
        let shape = winograd.shape
        let square = (0..<3).map { p in
            (0..<3).map { q in kernel[((p * 3 + q) * shape.channels + c) * shape.filters + f] }
        }
        return plane(square, LineTransforms.of(winograd.side).kernelComponents).flatMap(\.self)
    }

    private static func rows(_ line: Line) -> [Line] {
        let length = line.count == 16 ? 4 : 6
        return (0..<length).map { Array(line[length * $0..<length * ($0 + 1)]) }
    }

    /// The tiles of an image, by row and column.
    private static func tiles(_ winograd: Winograd) -> [(row: Int, column: Int)] {
        (0..<winograd.tileRows).flatMap { row in (0..<winograd.tileColumns).map { (row, $0) } }
    }

    /// The components of the pixels that a tile sees, for each channel.
    private static func imageComponents(
        _ winograd: Winograd, _ x: [Float], _ n: Int, _ tile: (row: Int, column: Int)
    ) -> [Line] {
        let (shape, side) = (winograd.shape, winograd.side.rawValue)
        return (0..<shape.channels).map { channel in
            let pixels = square(
                x, n, height: shape.vertical.size, width: shape.horizontal.size, channels: shape.channels,
                channel: channel, top: side * tile.row - shape.vertical.before,
                left: side * tile.column - shape.horizontal.before, length: side + 2)
            return plane(pixels, LineTransforms.of(winograd.side).imageComponents).flatMap(\.self)
        }
    }

    /// The components of a tile's result gradients, for each filter.
    private static func gradientComponents(
        _ winograd: Winograd, _ dy: [Float], _ n: Int, _ tile: (row: Int, column: Int)
    ) -> [Line] {
        let (shape, side) = (winograd.shape, winograd.side.rawValue)
        return (0..<shape.filters).map { filter in
            let results = square(
                dy, n, height: shape.vertical.count, width: shape.horizontal.count, channels: shape.filters,
                channel: filter, top: side * tile.row, left: side * tile.column, length: side)
            return plane(results, LineTransforms.of(winograd.side).gradientComponents).flatMap(\.self)
        }
    }

    /// For each component the chain of multiply-adds over a list of pairs.
    private static func chains(_ pairs: [(Line, Line)]) -> Line {
        pairs.reduce(into: Line(repeating: 0, count: pairs[0].0.count)) { sums, pair in
            for component in sums.indices {
                sums[component] = sums[component].adding(pair.0[component], times: pair.1[component])
            }
        }
    }

    /// y = Aᵀ (Σ_c (G g Gᵀ) ⊙ (Bᵀ d B)) A + bias.
    package static func winogradConvolve(
        _ winograd: Winograd, images: Int, x: [Float], kernel: [Float], bias: [Float]?
    ) -> [Float] {
        let (shape, side) = (winograd.shape, winograd.side.rawValue)
        var y = [Float](repeating: 0, count: images * shape.outputCount)
        let kernels = (0..<shape.filters).map { f in
            (0..<shape.channels).map { kernelComponents(winograd, kernel, $0, f) }
        }
        for n in 0..<images {
            for tile in tiles(winograd) {
                let image = imageComponents(winograd, x, n, tile)
                for f in 0..<shape.filters {
                    let values = plane(
                        rows(chains(Array(zip(image, kernels[f])))), LineTransforms.of(winograd.side).results)
                    for i in 0..<min(side, shape.vertical.count - side * tile.row) {
                        for j in 0..<min(side, shape.horizontal.count - side * tile.column) {
                            let row = n * shape.vertical.count + side * tile.row + i
                            y[(row * shape.horizontal.count + side * tile.column + j) * shape.filters + f] =
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
        _ winograd: Winograd, images: Int, dy: [Float], kernel: [Float]
    ) -> [Float] {
        let (shape, side) = (winograd.shape, winograd.side.rawValue)
        var dx = [Float](repeating: 0, count: images * shape.inputCount)
        let kernels = (0..<shape.channels).map { c in
            (0..<shape.filters).map { kernelComponents(winograd, kernel, c, $0) }
        }
        for n in 0..<images {
            for tile in tiles(winograd) {
                let gradient = gradientComponents(winograd, dy, n, tile)
                for c in 0..<shape.channels {
                    let values = plane(
                        rows(chains(Array(zip(gradient, kernels[c])))), LineTransforms.of(winograd.side).pixels)
                    for i in values.indices {
                        for j in values.indices {
                            let h = side * tile.row - shape.vertical.before + i
                            let w = side * tile.column - shape.horizontal.before + j
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
        _ winograd: Winograd, parts: [Range<Int>], x: [Float], dy: [Float]
    ) -> [Float] {
        let shape = winograd.shape
        var dw = [Float](repeating: 0, count: shape.kernelCount)
        let tiles = tiles(winograd)
        let isLarge = winograd.sumsByImage
        let chainCount = (tiles.count + Winograd.chainTiles - 1) / Winograd.chainTiles
        let ends = (0...chainCount).map { tiles.count * $0 / chainCount }
        let transformed = parts.map { part in
            let images = part.map { n in
                tiles.map { (imageComponents(winograd, x, n, $0), gradientComponents(winograd, dy, n, $0)) }
            }
            return isLarge
                ? images.flatMap { image in zip(ends, ends.dropFirst()).map { Array(image[$0..<$1]) } }
                : [images.flatMap(\.self)]
        }
        for c in 0..<shape.channels {
            for f in 0..<shape.filters {
                let gradients = transformed.map { part in
                    let sums = sum(part.map { tiles in chains(tiles.map { ($0.0[c], $0.1[f]) }) })
                    return plane(rows(sums), LineTransforms.of(winograd.side).kernel).flatMap(\.self)
                }
                for (position, value) in sum(gradients).enumerated() {
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
