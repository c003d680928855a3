/// How a batch is shared out: into a fixed number of shards, whose partial sums are added in order, and each shard into groups
/// of images that go through a stage together, few enough for their activations to stay in the cache.
///
/// Both follow from shapes alone, never from the number of threads: that is why results do not depend on it.
package struct Partition: Sendable, Equatable {
    /// Images in the batch.
    package let batch: Int
    /// Parts of the batch that may run at the same time.
    package let shards: Int
    /// Images of a group.
    package let group: Int

    /// Floats of a group's working memory that a core's cache should hold.
    private static let cachedFloats = 128 * 1024
    /// Floats of partial sums above which fewer shards are better than more copies.
    private static let mostPartFloats = 1 << 20

    /// Chooses shards and groups.
    /// - Parameters:
    ///   - floats: working memory of one image in the largest stage.
    ///   - partFloats: partial sums of one shard.
    init(batch: Int, floats: Int, partFloats: Int) {
        self.batch = batch
        var shards = min(16, max(1, batch / 4))
        while shards > 4 && shards * partFloats > Self.mostPartFloats { shards /= 2 }
        self.shards = shards
        group = min(max(1, Self.cachedFloats / max(1, floats)), (batch + shards - 1) / shards)
    }

    /// The images of a shard.
    package func images(of shard: Int) -> Range<Int> { batch * shard / shards..<batch * (shard + 1) / shards }
}
