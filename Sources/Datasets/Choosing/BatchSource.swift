import Kernels
import Tensors

/// Batches of one epoch after another, each a pure function of (seed, epoch, number of the batch).
///
/// Nothing is consumed: any epoch, and any batch of it, can be had again, in any order and from any thread. Decoding
/// a batch takes microseconds, and its images are independent, so that each shard of a training step may decode its own.
///
///     let source = BatchSource(dataset, images: split.training, batchSize: 128, shuffledBy: seed)
///     let order = source.order(epoch: 3)
///     source.decode(order[source.range(ofBatch: 0)], images: &images, labels: &labels)
package struct BatchSource: Sendable {
    /// The images chosen from.
    package let dataset: Dataset

    /// The images that take part, in the order in which they come when nothing is shuffled.
    package let images: [Int]

    /// Images per batch; the last batch may be shorter.
    package let batchSize: Int

    private let seed: UInt64?

    /// All images of a data set or some; `shuffledBy` nil leaves them in order, as evaluation does.
    package init(_ dataset: Dataset, images: [Int]? = nil, batchSize: Int, shuffledBy seed: UInt64? = nil) {
        precondition(batchSize > 0)
        self.dataset = dataset
        self.images = images ?? Array(0..<dataset.count)
        self.batchSize = batchSize
        self.seed = seed
    }

    /// Batches per epoch, including a short last one.
    package var batchCount: Int {
        images.count.dividedRoundingUp(by: batchSize)
    }

    /// The image numbers of an epoch in the order of training.
    package func order(epoch: Int) -> [Int] {
        guard let seed else { return images }
        return RandomSource(seed: seed, purpose: "shuffle", round: epoch).permutation(of: images.count).map {
            images[$0]
        }
    }

    /// A batch's positions in an epoch's order.
    package func range(ofBatch batch: Int) -> Range<Int> {
        batch * batchSize..<min((batch + 1) * batchSize, images.count)
    }

    /// Writes images as floats in 0 ... 1, the same bits as numpy's `float32(x) / 255`, and class numbers as floats.
    ///
    /// Both spans may be longer than needed; what is beyond the images is left alone.
    package func decode(
        _ numbers: ArraySlice<Int>, images: inout MutableSpan<Float>, labels: inout MutableSpan<Float>
    ) {
        precondition(images.count >= numbers.count * dataset.imageSize && labels.count >= numbers.count)
        images.withUnsafeMutableBufferPointer { images in
            labels.withUnsafeMutableBufferPointer { labels in
                guard let images = images.baseAddress, let labels = labels.baseAddress else { return }
                decode(numbers, images: images, labels: labels)
            }
        }
    }

    /// The same into memory of the caller's, which must hold `numbers.count` images and labels.
    package func decode(
        _ numbers: ArraySlice<Int>, images: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Float>
    ) {
        let size = dataset.imageSize
        dataset.pixels.withUnsafeBufferPointer { pixels in
            guard let pixels = pixels.baseAddress else { return }
            for (place, number) in numbers.enumerated() {
                if let next = numbers.dropFirst(place + 1).first {
                    prefetchPixels(count: size, from: pixels + next * size)
                }
                decodePixels(count: size, from: pixels + number * size, to: images + place * size)
                labels[place] = Float(dataset.labels[number])
            }
        }
    }
    /// Writes class numbers alone.
    package func decodeLabels(_ numbers: ArraySlice<Int>, to labels: UnsafeMutablePointer<Float>) {
        for (place, number) in numbers.enumerated() { labels[place] = Float(dataset.labels[number]) }
    }
}
