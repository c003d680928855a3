import Schema

/// What one part of a set is like: the figures by which people recognize it.
package struct PartStatistics: Sendable, Hashable {
    package let images: Int

    /// How many images of each class.
    package let classes: [Int]

    /// Of all pixels, scaled to 0 ... 1.
    package let mean: Double

    /// Of all pixels, scaled to 0 ... 1; divided by their number, as numpy does.
    package let standardDeviation: Double

    /// The smallest and the largest byte.
    package let range: [Int]

    /// Exact: a histogram of bytes has all that is needed.
    package init(_ dataset: Dataset) {
        var histogram = [Int](repeating: 0, count: 256)
        for pixel in dataset.pixels { histogram[Int(pixel)] += 1 }
        let count = Double(dataset.pixels.count)
        let sum = histogram.indices.reduce(0) { $0 + $1 * histogram[$1] }
        let squares = histogram.indices.reduce(0) { $0 + $1 * $1 * histogram[$1] }
        let mean = Double(sum) / count
        images = dataset.count
        classes = dataset.classCounts
        self.mean = mean / 255
        standardDeviation = max(Double(squares) / count - mean * mean, 0).squareRoot() / 255
        range = [histogram.firstIndex { $0 > 0 } ?? 0, histogram.lastIndex { $0 > 0 } ?? 0]
    }

    /// The figures under the names of the properties.
    package var json: JSON {
        [
            "images": JSON(images), "classes": JSON(classes), "mean": JSON(mean),
            "standard_deviation": JSON(standardDeviation), "range": JSON(range),
        ]
    }
}
