extension Picture {
    /// For each channel the median of the outermost pixels: what the picture's ground is, though strokes may reach its edge.
    var ground: [UInt8] {
        (0..<channels).map { channel in
            var counts = [Int](repeating: 0, count: 256)
            func count(row: Int, column: Int) { counts[Int(pixels[(row * width + column) * channels + channel])] += 1 }
            for row in Set([0, height - 1]) {
                for column in 0..<width { count(row: row, column: column) }
            }
            for column in Set([0, width - 1]) {
                for row in 1..<max(1, height - 1) { count(row: row, column: column) }
            }
            let half = (counts.reduce(0, +) + 1) / 2
            var seen = 0
            return UInt8(
                counts.firstIndex { count in
                    seen += count
                    return seen >= half
                } ?? 0)
        }
    }

    /// Whether the ground of a grey picture is nearer to its lightest value than to its darkest.
    var isDarkOnLight: Bool {
        guard let darkest = pixels.min(), let lightest = pixels.max() else { return false }
        return 2 * Int(ground[0]) > Int(darkest) + Int(lightest)
    }

    /// Light where it was dark.
    var inverted: Picture {
        Picture(height: height, width: width, channels: channels, pixels: pixels.map { 255 - $0 })
    }
}
