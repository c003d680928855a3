#if hasFeature(BuiltinModule)
import Builtin
#endif

// Memory that will be read soon, asked for while there is something else to compute.
//
// A prefetch waits for nothing and changes nothing but what lies in the caches. Swift has no name for it; the compiler's own
// module has one. Without that module nothing is asked for.

/// Asks for the cache line of an address, which may lie anywhere.
@_transparent
func prefetch(_ address: UnsafeRawPointer) {
    #if hasFeature(BuiltinModule)
    // To be read, often, and data, not instructions.
    Builtin.int_prefetch_RawPointer(
        address._rawValue, (0 as Int32)._value, (3 as Int32)._value, (1 as Int32)._value)
    #endif
}

/// Asks for some bytes side by side.
@inline(__always)
func prefetch(_ address: UnsafeRawPointer, bytes: Int) {
    var offset = 0
    while offset < bytes {
        prefetch(address + offset)
        offset += lineBytes
    }
}

/// What a product asks for with each of its steps.
protocol Requests {
    mutating func request(at step: Int)
}

/// Nothing.
struct NoRequests: Requests {
    @inline(__always) mutating func request(at step: Int) {}
}

/// A cache line after the other, one for every second step.
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
