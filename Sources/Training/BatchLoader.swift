import Datasets
import Kernels
import Layers
import Tensors

/// Decodes one batch at a time into memory of its own, on all threads.
final class BatchLoader: Job {
    private let images: FloatMemory
    private let labels: FloatMemory
    private let source: BatchSource
    private var numbers: ArraySlice<Int> = []
    private var readsImages = true
    private static let pieces = 8

    /// What is known of the images without looking at them.
    var cache: FeatureCache?
    private let mixing: Mixing?

    /// - Parameter mixup: for training on mixtures of two images.
    init(_ source: BatchSource, cache: FeatureCache? = nil, mixup: Double? = nil) throws(MemoryError) {
        self.source = source
        self.cache = cache
        let batch = min(source.batchSize, max(source.images.count, 1))
        images = try FloatMemory(count: batch * source.dataset.imageSize)
        labels = try FloatMemory(count: batch)
        mixing = try mixup.map { alpha throws(MemoryError) in
            try Mixing(alpha: alpha, batchSize: batch, imageSize: source.dataset.imageSize)
        }
    }

    /// Decodes a batch and gives it to a program, with the features of its images, if the program reads some.
    ///
    /// - Parameter draws: what decides how images are mixed, if they are.
    func load(_ numbers: ArraySlice<Int>, into program: NetworkProgram, draws: RandomSource? = nil, team: Team) {
        self.numbers = numbers
        program.bind(images: images, labels: labels)
        let knowsFeatures = cache?.knows(numbers) ?? false
        readsImages = program.readsImages || !knowsFeatures
        team.run(self, count: min(Self.pieces, numbers.count))
        if let mixing, let draws {
            mixing.mix(count: numbers.count, of: images, labels: labels, draws: draws, team: team)
            program.bind(images: mixing.images, labels: labels)
            program.bind(
                otherLabels: mixing.otherLabels, shares: mixing.shares, otherShares: mixing.otherShares)
        }
        if knowsFeatures {
            cache?.fetch(numbers, for: program)
        } else {
            program.computeFeatures(team: team)
            cache?.keep(numbers, of: program)
        }
    }

    func run(_ index: Int, worker: Int) {
        let pieces = min(Self.pieces, numbers.count)
        let share = numbers.indices.share(index, of: pieces)
        let first = share.lowerBound - numbers.startIndex
        let labels = labels.base + first
        if readsImages {
            source.decode(numbers[share], images: images.base + first * source.dataset.imageSize, labels: labels)
        } else {
            source.decodeLabels(numbers[share], to: labels)
        }
    }
}
