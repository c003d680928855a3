#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

#if hasFeature(BuiltinModule)
import Builtin
#endif

/// Waits by time, not by count: spinning for 20 microseconds, then yielding to other threads, and exhausted after a millisecond.
struct Patience {
    private var start: UInt64 = 0
    private var now: UInt64 = 0
    private var spins: UInt32 = 0

    var isExhausted: Bool { now &- start > 1_000_000 }

    mutating func wait() {
        pauseSpinning()
        spins &+= 1
        guard spins & 15 == 0 || spins == 1 else { return }
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        now = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        if start == 0 { start = now }
        if now &- start > 20_000 { sched_yield() }
    }
}

/// Tells the processor that this thread only waits, so that another one on the same core gets its resources.
@inline(__always)
private func pauseSpinning() {
    #if hasFeature(BuiltinModule) && arch(x86_64)
    Builtin.int_x86_sse2_pause()
    #endif
}
