/// A vector whose elements can be interleaved with another's.
protocol Interleavable {
    associatedtype Half
    init()
    var lowHalf: Half { get }
    var highHalf: Half { get }
    var evenHalf: Half { get set }
    var oddHalf: Half { get set }
}

extension SIMD4: Interleavable {}
extension SIMD8: Interleavable {}
extension SIMD16: Interleavable {}

extension Interleavable {
    /// The elements of two halves, alternating.
    @inline(__always)
    init(even: Half, odd: Half) {
        self.init()
        evenHalf = even
        oddHalf = odd
    }

    /// The elements of both, alternating, in two vectors.
    @inline(__always)
    func interleaved(with other: Self) -> (Self, Self) {
        (Self(even: lowHalf, odd: other.lowHalf), Self(even: highHalf, odd: other.highHalf))
    }
}
