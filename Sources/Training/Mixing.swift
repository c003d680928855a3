import Kernels
import Tensors

/// MixUp: every image of a batch is mixed with another one, and counts for both classes by their shares.
///
/// Zhang et al., "mixup: Beyond Empirical Risk Minimization" (2018). Each image draws its own share from a beta distribution; the
/// larger of the two is the image's own, so that accuracy is measured by the class of which there is more.
final class Mixing: Job {
    /// The mixtures, and what their second images contribute.
    let images, otherLabels, shares, otherShares: FloatMemory
    private let alpha: Double
    private let imageSize: Int
    private var partners: [Int] = []
    private var source: (images: FloatMemory, labels: FloatMemory)?
    private static let pieces = 8

    init(alpha: Double, batchSize: Int, imageSize: Int) throws(MemoryError) {
        self.alpha = alpha
        self.imageSize = imageSize
        images = try FloatMemory(count: batchSize * imageSize)
        otherLabels = try FloatMemory(count: batchSize)
        shares = try FloatMemory(count: batchSize)
        otherShares = try FloatMemory(count: batchSize)
    }

    /// Mixes the first images of a batch; what is drawn depends on the random source alone.
    func mix(count: Int, of images: FloatMemory, labels: FloatMemory, draws: RandomSource, team: Team) {
        partners = draws.permutation(of: count)
        let drawn = (0..<count).map { image in
            let share = draws.beta(alpha, at: image)
            return Float(max(share, 1 - share))
        }
        shares.set(drawn)
        otherShares.set(drawn.map { 1 - $0 })
        source = (images, labels)
        team.run(self, count: min(Self.pieces, count))
    }

    func run(_ index: Int, worker: Int) {
        guard let source else { return }
        for image in (0..<partners.count).share(index, of: min(Self.pieces, partners.count)) {
            let partner = partners[image]
            otherLabels.base[image] = source.labels.base[partner]
            blend(
                count: imageSize, source.images.base + image * imageSize, source.images.base + partner * imageSize,
                share: shares.base[image], otherShare: otherShares.base[image], to: images.base + image * imageSize)
        }
    }
}
