#if hasFeature(BuiltinModule)
import Builtin
#endif

// Prefetches: memory that will be read soon is requested while there is something else to compute.
//
// A prefetch waits for nothing and changes nothing but the contents of caches. Swift has no name for it; the compiler's own
// module has one. Without that module nothing is requested.

/// Requests the cache line of an address, which need not be valid.
@_transparent
func prefetch(_ address: UnsafeRawPointer) {
    #if hasFeature(BuiltinModule)
    // To be read, often, and data, not instructions.
    Builtin.int_prefetch_RawPointer(
        address._rawValue, (0 as Int32)._value, (3 as Int32)._value, (1 as Int32)._value)
    #endif
}

/// Requests every cache line of some bytes.
@inline(__always)
func prefetch(_ address: UnsafeRawPointer, bytes: Int) {
    var offset = 0
    while offset < bytes {
        prefetch(address + offset)
        offset += lineBytes
    }
}

/// What a product prefetches with each of its steps.
protocol Requests {
    mutating func request(at step: Int)
}

struct NoRequests: Requests {
    @inline(__always) mutating func request(at step: Int) {}
}

/// One cache line after the other, one for every second step.
struct Ahead: Requests {
    private var next: UnsafePointer<Float>
    private let end: UnsafePointer<Float>

    init(_ next: UnsafePointer<Float>, end: UnsafePointer<Float>) {
        self.next = next
        self.end = end
    }

    @inline(__always)
    mutating func request(at step: Int) {
        guard step & 1 == 0, next < end else { return }
        prefetch(next)
        next += lineFloats
    }
}
