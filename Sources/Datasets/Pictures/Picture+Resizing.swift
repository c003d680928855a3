extension Picture {
    /// The picture scaled until it just fits, its proportions kept, and its ground around it.
    func resized(height: Int, width: Int, _ steps: inout [PictureStep]) -> Picture {
        let isWide = self.width * height >= self.height * width
        let innerHeight = isWide ? max(1, (2 * self.height * width + self.width) / (2 * self.width)) : height
        let innerWidth = isWide ? width : max(1, (2 * self.width * height + self.height) / (2 * self.height))
        let inner = PictureStep.Size(height: innerHeight, width: innerWidth)
        var picture = self
        if (innerHeight, innerWidth) != (self.height, self.width) {
            steps.append(.resized(from: PictureStep.Size(height: self.height, width: self.width), to: inner))
            picture = averaged(height: innerHeight, width: innerWidth)
        }
        if (innerHeight, innerWidth) != (height, width) {
            steps.append(.padded(from: inner, to: PictureStep.Size(height: height, width: width)))
            picture = picture.padded(height: height, width: width, with: ground)
        }
        return picture
    }

    /// Each new pixel is the mean of the area that it covers, parts of pixels counting in part.
    ///
    /// Whole numbers do: along an axis from `a` pixels to `b`, every old pixel is `b` units long and every new one `a`, and the
    /// sums are divided once, at the end.
    func averaged(height: Int, width: Int) -> Picture {
        let rowSize = width * channels
        var sums = [Int](repeating: 0, count: height * rowSize)
        var row = [Int](repeating: 0, count: rowSize)
        for y in 0..<self.height {
            for index in row.indices { row[index] = 0 }
            for x in 0..<self.width {
                let source = (y * self.width + x) * channels
                forEachOverlap(of: x, from: self.width, to: width) { target, length in
                    for channel in 0..<channels {
                        row[target * channels + channel] += length * Int(pixels[source + channel])
                    }
                }
            }
            forEachOverlap(of: y, from: self.height, to: height) { target, length in
                for index in row.indices { sums[target * rowSize + index] += length * row[index] }
            }
        }
        let area = self.height * self.width
        return Picture(
            height: height, width: width, channels: channels, pixels: sums.map { UInt8(($0 + area / 2) / area) })
    }

    /// The picture in the middle of a larger one of one colour.
    private func padded(height: Int, width: Int, with color: [UInt8]) -> Picture {
        let top = (height - self.height) / 2
        let left = (width - self.width) / 2
        var result: [UInt8] = []
        result.reserveCapacity(height * width * channels)
        for _ in 0..<height * width { result += color }
        for row in 0..<self.height {
            let start = ((top + row) * width + left) * channels
            let source = row * self.width * channels
            result.replaceSubrange(
                start..<start + self.width * channels, with: pixels[source..<source + self.width * channels])
        }
        return Picture(height: height, width: width, channels: channels, pixels: result)
    }
}

/// The new pixels that an old one lies in, and how many units of it lie in each.
@inline(__always)
private func forEachOverlap(of index: Int, from count: Int, to newCount: Int, _ body: (Int, Int) -> Void) {
    var position = index * newCount
    let end = position + newCount
    var target = position / count
    while position < end {
        let next = min(end, (target + 1) * count)
        body(target, next - position)
        position = next
        target += 1
    }
}
