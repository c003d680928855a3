import Datasets
import Kernels
import Tensors

/// Decodes one batch at a time into memory of its own, on all threads.
final class BatchLoader: Job {
    let images: FloatMemory
    let labels: FloatMemory
    private let source: BatchSource
    private var numbers: ArraySlice<Int> = []
    private static let pieces = 8

    init(_ source: BatchSource) throws(MemoryError) {
        self.source = source
        let batch = min(source.batchSize, max(source.images.count, 1))
        images = try FloatMemory(count: batch * source.dataset.imageSize)
        labels = try FloatMemory(count: batch)
    }

    func load(_ numbers: ArraySlice<Int>, team: Team) {
        self.numbers = numbers
        team.run(self, count: min(Self.pieces, numbers.count))
    }

    func run(_ index: Int, worker: Int) {
        let pieces = min(Self.pieces, numbers.count)
        let share = numbers.indices.share(index, of: pieces)
        let first = share.lowerBound - numbers.startIndex
        source.decode(
            numbers[share], images: images.base + first * source.dataset.imageSize, labels: labels.base + first)
    }
}
