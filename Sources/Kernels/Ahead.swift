import Synchronization

// Memory that will be read soon, asked for while there is something else to compute. Swift has no instruction for that; a load
// whose value nobody wants does the same, as long as the compiler keeps it: atomic loads it does keep, and a relaxed one
// costs nothing more.
//
// Limit: such a load waits for its line before it can retire, and what follows it waits too. With a line for every second step
// of a product's widest tiles there is enough to do in between: half as many lines leave the cache waiting, twice as many
// the multiply-add units.

/// What a product asks for with each of its steps.
protocol Requests {
    mutating func request(at step: Int)
}

/// Nothing.
struct NoRequests: Requests {
    @inline(__always) mutating func request(at step: Int) {}
}

/// A cache line after the other.
struct Ahead: Requests {
    private var next: UnsafePointer<Float>
    private let end: UnsafePointer<Float>

    private static let lineFloats = 16

    init(_ next: UnsafePointer<Float>, end: UnsafePointer<Float>) {
        self.next = next
        self.end = end
    }

    @inline(__always)
    mutating func request(at step: Int) {
        guard step & 1 == 0, next < end else { return }
        _ = UnsafeMutableRawPointer(mutating: next).assumingMemoryBound(to: Atomic<UInt32>.self).pointee
            .load(ordering: .relaxed)
        next += Self.lineFloats
    }
}
