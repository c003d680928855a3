/// Labelled images of one size, as bytes: decoding to `Float` is a matter of each batch.
package struct Dataset: Sendable, Hashable {
    /// Rows of an image.
    package let height: Int

    /// Columns of an image.
    package let width: Int

    /// Bytes of a pixel: 1 for grey.
    package let channels: Int

    /// What the labels stand for; their number is the number of classes.
    package let classNames: [String]

    /// The images one after the other, rows from the top, channels last.
    package let pixels: [UInt8]

    /// One class number an image, each below `classes`.
    package let labels: [UInt8]

    /// Images that are known to fit: so many pixels and labels as the sizes say, every label a class.
    package init(
        height: Int, width: Int, channels: Int = 1, classNames: [String], pixels: [UInt8], labels: [UInt8]
    ) {
        precondition(pixels.count == labels.count * height * width * channels)
        precondition(labels.allSatisfy { $0 < classNames.count })
        self.height = height
        self.width = width
        self.channels = channels
        self.classNames = classNames
        self.pixels = pixels
        self.labels = labels
    }

    package var count: Int { labels.count }

    /// How many classes the labels choose from.
    package var classes: Int { classNames.count }

    /// Bytes of one image, and floats once it is decoded.
    package var imageSize: Int { height * width * channels }

    /// One image's bytes.
    package func image(_ index: Int) -> ArraySlice<UInt8> {
        pixels[index * imageSize..<(index + 1) * imageSize]
    }

    /// How many images each class has.
    package var classCounts: [Int] {
        labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[Int($1)] += 1 }
    }

    /// The first images only, as `train_limit` and `test_limit` ask for.
    package func limited(to limit: Int?) -> Dataset {
        guard let limit, limit < count else { return self }
        return Dataset(
            height: height, width: width, channels: channels, classNames: classNames,
            pixels: Array(pixels.prefix(limit * imageSize)), labels: Array(labels.prefix(limit)))
    }

    /// The images as the two files of one part.
    package var arrays: (images: IDXArray, labels: IDXArray) {
        let sizes = channels == 1 ? [count, height, width] : [count, height, width, channels]
        return (IDXArray(dimensions: sizes, elements: pixels), IDXArray(dimensions: [count], elements: labels))
    }
}
