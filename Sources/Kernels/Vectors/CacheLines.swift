// Memory comes to the caches in lines: what shares a line with something else is fetched, or written, together with it.

/// Bytes of a cache line.
let lineBytes = 64
/// Floats of a cache line.
package let lineFloats = lineBytes / MemoryLayout<Float>.stride

/// Floats rounded up to whole cache lines, so that what follows begins with a line of its own.
package func roundedToLines(_ floats: Int) -> Int { floats.roundedUp(toMultipleOf: lineFloats) }
