import Kernels

// Augmentation by its definitions, in doubles: every pixel asks where it is read, and every place beyond the image which pixel
// stands for it.

extension AffineImages {
    /// The pixel of a line that stands for a place on it or beyond its ends; nil for the constant.
    private func pixel(_ place: Int, of range: Range<Int>) -> Int? {
        let count = range.count
        func remainder(_ period: Int) -> Int { (place % period + period) % period }
        switch fillMode {
        case .reflect:
            let within = remainder(2 * count)
            return range.lowerBound + (within < count ? within : 2 * count - 1 - within)
        case .wrap: return range.lowerBound + remainder(count)
        case .nearest: return range.lowerBound + min(max(place, 0), count - 1)
        case .constant: return 0..<count ~= place ? range.lowerBound + place : nil
        }
    }

    /// What each float of the result is made of: indices of the image with their weights, nil for the constant.
    fileprivate func sources(_ map: AffineMap) -> [[(index: Int?, weight: Double)]] {
        var all: [[(index: Int?, weight: Double)]] = []
        for row in 0..<resultHeight {
            for column in 0..<resultWidth {
                let x = Double(map.xx) * Double(column) + Double(map.xy) * Double(row) + Double(map.x)
                let y = Double(map.yx) * Double(column) + Double(map.yy) * Double(row) + Double(map.y)
                let corner = isBilinear ? (x.rounded(.down), y.rounded(.down)) : (x.rounded(), y.rounded())
                var parts: [(pixel: Int?, weight: Double)] = []
                for (below, right) in isBilinear ? [(0, 0), (0, 1), (1, 0), (1, 1)] : [(0, 0)] {
                    let column = pixel(Int(corner.0) + right, of: columns)
                    let row = pixel(Int(corner.1) + below, of: rows)
                    let horizontal = right == 1 ? x - corner.0 : 1 - (x - corner.0)
                    let vertical = below == 1 ? y - corner.1 : 1 - (y - corner.1)
                    let place = row.flatMap { row in column.map { row * width + $0 } }
                    parts.append((place, isBilinear ? horizontal * vertical : 1))
                }
                for channel in 0..<channels {
                    all.append(parts.map { ($0.pixel.map { $0 * channels + channel }, $0.weight) })
                }
            }
        }
        return all
    }
}

extension Reference {
    package static func transformImage(_ shape: AffineImages, _ map: AffineMap, x: [Float]) -> [Double] {
        shape.sources(map).map { parts in
            parts.reduce(0) { $0 + $1.weight * Double($1.index.map { x[$0] } ?? shape.fillValue) }
        }
    }

    package static func transformImageGradient(_ shape: AffineImages, _ map: AffineMap, dy: [Float]) -> [Double] {
        var dx = [Double](repeating: 0, count: shape.inputCount)
        for (parts, dy) in zip(shape.sources(map), dy) {
            for (index, weight) in parts { if let index { dx[index] += weight * Double(dy) } }
        }
        return dx
    }

    /// Lines resized, as TensorFlow's `image.resize` does it.
    package static func resize(
        _ x: [Double], outer: Int, length: Int, inner: Int, to count: Int, isBilinear: Bool
    ) -> [Double] {
        var y: [Double] = []
        for line in 0..<outer {
            for index in 0..<count {
                let place = (Float(index) + 0.5) * (Float(length) / Float(count))
                let first = isBilinear ? (place - 0.5).rounded(.down) : place.rounded(.down)
                let weight = isBilinear ? Double(place - 0.5 - first) : 0
                for float in 0..<inner {
                    func element(_ index: Int) -> Double {
                        x[(line * length + min(max(index, 0), length - 1)) * inner + float]
                    }
                    y.append(element(Int(first)) * (1 - weight) + element(Int(first) + 1) * weight)
                }
            }
        }
        return y
    }

    package static func adjustTones(_ curve: ToneCurve, channels: Int, x: [Float]) -> [Double] {
        x.indices.map { index in
            let channel = stride(from: index % channels, to: x.count, by: channels).map { Double(x[$0]) }
            let mean = channel.reduce(0, +) / Double(channel.count)
            let value = (Double(x[index]) - mean) * Double(curve.scale) + mean + Double(curve.offset)
            return min(max(value, Double(curve.lower)), Double(curve.upper))
        }
    }
}
