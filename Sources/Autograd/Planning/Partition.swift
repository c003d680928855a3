import Kernels

/// How a batch is shared out: into a fixed number of shards, whose partial sums are added in order, and each shard into groups
/// of images that go through a stage together.
///
/// Shards are many, so that many cores find work; but each has its own part of every sum, and parts take memory and time. Groups
/// are so small that their activations stay in the cache, unless a stage's weights are so many that they must be
/// fetched from further away: then a group has images enough to be worth it, and a shard too.
///
/// All follows from shapes alone, never from the number of threads: that is why results do not depend on it.
package struct Partition: Sendable, Equatable {
    /// Images in the batch.
    package let batch: Int
    /// Parts of the batch that may run at the same time.
    package let shards: Int
    /// Images of a group, for each stage.
    package let groups: [Int]

    /// What a stage asks of memory.
    struct Demand {
        /// Working memory of one image.
        var floats = 0
        /// The largest weights, or sums for weights, that each group goes through as a whole.
        var weightFloats = 0

        /// Images for which going through the weights is worth it.
        var leastImages: Int { weightFloats / Partition.weightFloatsOfImage }
    }

    /// Floats of a group's working memory that a core's cache should hold.
    private static let cachedFloats = 128 * 1024
    /// Floats of weights for which one image is enough.
    private static let weightFloatsOfImage = 128 * 1024
    /// Images that every shard should have, and those beyond which large weights ask for no more.
    private static let imagesOfShard = (least: 4, most: 16)
    /// The most shards, and the floats of all partial sums above which they are fewer: with few shards, not all cores may find
    /// work, so that more floats are worth it.
    private static let limits: [(shards: Int, partFloats: Int)] = [(64, 1 << 20), (16, 3 << 20), (4, .max)]

    /// Chooses shards and groups; `partFloats` are the partial sums of one shard.
    init(batch: Int, stages: [Demand], partFloats: Int) {
        self.batch = batch
        let wanted = stages.map(\.leastImages).max() ?? 0
        let images = min(Self.imagesOfShard.most, max(Self.imagesOfShard.least, wanted))
        var shards = min(Self.limits[0].shards, max(1, batch / images))
        for (limit, next) in zip(Self.limits, Self.limits.dropFirst()) {
            while shards > next.shards && shards * partFloats > limit.partFloats {
                shards = max(next.shards, shards / 2)
            }
        }
        self.shards = shards
        let most = batch.dividedRoundingUp(by: shards)
        groups = stages.map { stage in
            let cached = Self.cachedFloats / max(1, stage.floats)
            return min(max(1, cached, stage.leastImages), most)
        }
    }

    /// The images of a shard.
    package func images(of shard: Int) -> Range<Int> { (0..<batch).share(shard, of: shards) }

    /// Calls the body for each group of a shard, in order, of so many images each but perhaps the last.
    @inline(__always)
    package func forEachGroup(of shard: Int, images group: Int, _ body: (Range<Int>) -> Void) {
        let images = images(of: shard)
        var first = images.lowerBound
        while first < images.upperBound {
            let next = min(first + group, images.upperBound)
            body(first..<next)
            first = next
        }
    }
}
