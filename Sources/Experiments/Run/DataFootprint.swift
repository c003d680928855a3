/// Bytes that a data set takes: while it is read, and from then on.
struct DataFootprint: Sendable, Equatable {
    let loading: Int
    let held: Int

    /// Of whole parts, as they are before limits.
    init(training: Int, test: Int, imageSize: Int, _ settings: DatasetSettings) {
        let isMade = settings.name == .syntheticDigits
        func bytes(_ images: Int) -> Int { images * (imageSize + 1) }
        func copied(_ count: Int, _ limit: Int?) -> Int { limit.map { $0 < count ? bytes($0) : 0 } ?? 0 }
        let whole = bytes(training) + bytes(test)
        // Made images are joined from pieces; of a compressed file about half stands beside what comes out of it.
        loading = isMade ? 2 * whole : whole / 20 * 29
        // The checksums of a whole set may still be computed when training on a part of it begins.
        let parts = copied(training, settings.trainLimit) + copied(test, settings.testLimit)
        held = whole + parts + Self.bytesOfAPlace * (training + test)
    }

    /// An image's number in the order of an epoch, in the split, and where features are kept.
    private static let bytesOfAPlace = 32
}
