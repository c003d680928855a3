import Kernels
import Optimizers
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

extension RandomSource {
    /// From the symmetric beta distribution: a part of the sum of two gamma-distributed numbers.
    func beta(_ alpha: Double, at index: Int) -> Double {
        let a = RandomSource(key: key, salt: UInt64(2 * index)).logGamma(alpha)
        let b = RandomSource(key: key, salt: UInt64(2 * index + 1)).logGamma(alpha)
        return 1 / (1 + power(2.718_281_828_459_045, b - a))
    }

    /// The logarithm of a gamma-distributed number, by Marsaglia and Tsang's rejection, which accepts nearly always.
    private func logGamma(_ shape: Double) -> Double {
        // A shape below 1 is one above it, made smaller: in logarithms, so that tiny numbers do not become zero.
        let boost = shape < 1 ? naturalLogarithm(uniform(at: 0) + 0x1p-54) / shape : 0
        let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        for attempt in 0..<1000 {
            let x = normal(at: 2 * attempt + 1)
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            let logV = naturalLogarithm(v)
            if naturalLogarithm(uniform(at: 2 * attempt + 2) + 0x1p-54) < x * x / 2 + d - d * v + d * logV {
                return naturalLogarithm(d) + logV + boost
            }
        }
        return naturalLogarithm(d) + boost
    }
}
