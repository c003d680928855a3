import Schema

/// What `data info` tells about a set.
package struct DataInfo: Sendable {
    package let name: String

    /// Where it was found or how it was made.
    package let origin: String

    /// Whether the content is the official one; nil for a set that nobody has published.
    package let isOfficial: Bool?

    /// Rows, columns and channels of an image.
    package let shape: [Int]

    /// What the labels stand for.
    package let classNames: [String]

    /// The part to learn from.
    package let training: PartStatistics

    /// The part to test with.
    package let test: PartStatistics

    /// Test images that occur in the training part, byte for byte.
    package let duplicates: Int

    package init(_ parts: DataParts) {
        name = parts.name
        origin = parts.origin
        isOfficial = DataVerdict(parts).isOfficial
        shape = [parts.training.height, parts.training.width, parts.training.channels]
        classNames = parts.training.classNames
        training = PartStatistics(parts.training)
        test = PartStatistics(parts.test)
        let seen = Set((0..<parts.training.count).map(parts.training.image))
        duplicates = (0..<parts.test.count).count { seen.contains(parts.test.image($0)) }
    }

    /// The document that `--json` prints.
    package var json: JSON {
        [
            "name": JSON(name), "origin": JSON(origin), "official": JSON(isOfficial), "shape": JSON(shape),
            "class_names": JSON(classNames), "training": training.json, "test": test.json,
            "duplicates": JSON(duplicates),
        ]
    }
}
