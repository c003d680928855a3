import Datasets
import Reporting

/// The first images of a data set with the names of their classes: what one looks at before anything else.
package struct SampleSheet: Sendable {
    private let name: String
    private let images: Dataset
    private let count: Int?
    private let isByClass: Bool

    /// - Parameters:
    ///   - count: how many images, or how many of each class; nil for as many as look well.
    ///   - isByClass: whether each class has a row of its own.
    package init(name: String, _ images: Dataset, count: Int? = nil, isByClass: Bool = false) {
        self.name = name
        self.images = images
        self.count = count
        self.isByClass = isByClass
    }

    private static let usualCount = 50
    private static let columns = 10

    package var plot: Plot {
        isByClass ? rowsOfClasses : firstImages
    }

    private var firstImages: Plot {
        let count = min(count ?? Self.usualCount, images.count)
        let tiles = (0..<count).map { number in
            let className = displayable(images.classNames[Int(images.labels[number])])
            return ImageGrid.Tile(
                pixelImage(images, number), caption: className, tip: "image \(number): \(className)")
        }
        return Plot(
            displayable(name), subtitle: "the first \(grouped(count)) of \(grouped(images.count)) training images",
            [ImageGrid("", tiles, columns: Self.columns)], columns: 1, notes: notes)
    }

    private var rowsOfClasses: Plot {
        let count = count ?? Self.columns
        let rows = images.classNames.enumerated().map { number, className in
            let all = images.labels.indices.filter { Int(images.labels[$0]) == number }
            return ImageGrid(
                "\(displayable(className))   \(grouped(all.count)) image\(all.count == 1 ? "" : "s")",
                all.prefix(count).map { .init(pixelImage(images, $0), tip: "image \($0)") }, columns: Self.columns)
        }
        return Plot(
            displayable(name), subtitle: "the first training images of each class", rows, columns: 1, notes: notes)
    }

    private var notes: [String] { channelNotes(images.channels) }
}
