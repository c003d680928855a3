import Tensors

/// The random numbers of one image, or of a batch, in one operation: a pure function of the run's key, the operation's salt, and
/// the image's place in the batch.
///
/// The key follows from seed and step, and which image stands where from seed and epoch. So the numbers depend neither on threads
/// nor on groups, and a gradient draws those of its forward pass once more.
package struct ImageDraws: Sendable {
    private let source: RandomSource
    private let image: Int

    /// How many numbers an image may ask for.
    static let most = 16

    /// Those of one image; place 0 also serves for what the whole batch shares.
    package init(key: UInt64, salt: UInt64, image: Int) {
        source = RandomSource(key: key, salt: salt)
        self.image = image
    }

    /// The n-th number, uniform from the lower bound to just below the upper one.
    package func uniform(_ n: Int, in bounds: ClosedRange<Double>) -> Double {
        let fraction = source.uniform(at: image * Self.most + n)
        return bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * fraction
    }

    /// The n-th number as a whole one below a bound.
    package func integer(_ n: Int, below bound: Int) -> Int {
        source.integer(below: bound, at: image * Self.most + n)
    }

    /// A normal number for each element of an image, from a stream of their own.
    func normals(elements: Int) -> (_ element: Int) -> Double {
        let noise = RandomSource(key: source.key, salt: 0)
        let first = image * elements
        return { noise.normal(at: first + $0) }
    }
}
