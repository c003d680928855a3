/// Pixels that shapes are painted on. Each shape says for every pixel how much of it is covered, and that share of the
/// pixel takes the shape's colour: what is called anti-aliasing.
struct Raster {
    let width: Int
    let height: Int
    private var bytes: [UInt8]

    init(width: Int, height: Int, background: RGB) {
        self.width = width
        self.height = height
        bytes = []
        bytes.reserveCapacity(width * height * 3)
        for _ in 0..<width * height {
            bytes.append(background.red)
            bytes.append(background.green)
            bytes.append(background.blue)
        }
    }

    var image: PixelImage { PixelImage(width: width, height: height, channels: 3, bytes: bytes) }

    /// Paints a pixel that is covered in part.
    mutating func blend(x: Int, y: Int, _ color: RGB, _ coverage: Double) {
        guard coverage > 0 else { return }
        let index = (y * width + x) * 3
        // Sixteen shares look as smooth as all, and leave so few colours that files can list them.
        let share = Int((min(1, coverage) * 16).rounded())
        bytes[index] = mixed(bytes[index], color.red, share)
        bytes[index + 1] = mixed(bytes[index + 1], color.green, share)
        bytes[index + 2] = mixed(bytes[index + 2], color.blue, share)
    }

    private func mixed(_ from: UInt8, _ to: UInt8, _ share: Int) -> UInt8 {
        UInt8((Int(from) * (16 - share) + Int(to) * share + 8) >> 4)
    }

    /// The pixels that a range of coordinates touches.
    func columns(_ from: Double, _ to: Double) -> Range<Int> { Self.cells(from, to, count: width) }
    func rows(_ from: Double, _ to: Double) -> Range<Int> { Self.cells(from, to, count: height) }

    private static func cells(_ from: Double, _ to: Double, count: Int) -> Range<Int> {
        guard from.isFinite, to.isFinite, to > from else { return 0..<0 }
        let limit = Double(count)
        let first = Int(min(limit, max(0, from)).rounded(.down))
        return first..<max(first, Int(min(limit, max(0, to)).rounded(.up)))
    }

    /// Fills a rectangle, whose sides cover pixels by exact shares.
    mutating func fill(_ box: Drawing.Box, color: RGB) {
        let columns = columns(box.x, box.right)
        for y in rows(box.y, box.bottom) {
            let tall = overlap(y, box.y, box.bottom)
            for x in columns { blend(x: x, y: y, color, tall * overlap(x, box.x, box.right)) }
        }
    }

    /// Paints an image: every pixel gets the mean of the part of the image that it shows.
    mutating func draw(_ image: PixelImage, in box: Drawing.Box) {
        let (stepX, stepY) = (Double(image.width) / box.width, Double(image.height) / box.height)
        guard stepX.isFinite, stepY.isFinite else { return }
        for y in rows(box.y, box.bottom) {
            let (top, bottom) = (
                (max(Double(y), box.y) - box.y) * stepY, (min(Double(y + 1), box.bottom) - box.y) * stepY
            )
            for x in columns(box.x, box.right) {
                let left = (max(Double(x), box.x) - box.x) * stepX
                let right = (min(Double(x + 1), box.right) - box.x) * stepX
                let color = image.mean(left: left, top: top, right: right, bottom: bottom)
                blend(x: x, y: y, color, overlap(x, box.x, box.right) * overlap(y, box.y, box.bottom))
            }
        }
    }
}

/// How much of the cell from `index` to `index + 1` lies within a range.
private func overlap(_ index: Int, _ from: Double, _ to: Double) -> Double {
    max(0, min(Double(index + 1), to) - max(Double(index), from))
}

extension PixelImage {
    fileprivate func mean(left: Double, top: Double, right: Double, bottom: Double) -> RGB {
        var (red, green, blue, total) = (0.0, 0.0, 0.0, 0.0)
        for y in max(0, Int(top))..<max(Int(top) + 1, min(height, Int(bottom.rounded(.up)))) where y < height {
            for x in max(0, Int(left))..<max(Int(left) + 1, min(width, Int(right.rounded(.up)))) where x < width {
                let share = max(1e-9, overlap(x, left, right) * overlap(y, top, bottom))
                let color = color(x, y)
                red += share * Double(color.red)
                green += share * Double(color.green)
                blue += share * Double(color.blue)
                total += share
            }
        }
        guard total > 0 else { return color(min(width - 1, Int(left)), min(height - 1, Int(top))) }
        func channel(_ sum: Double) -> UInt8 { UInt8(min(255, max(0, (sum / total).rounded()))) }
        return RGB(red: channel(red), green: channel(green), blue: channel(blue))
    }
}
