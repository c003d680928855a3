#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// On which side of some floats a page begins that must not be touched.
package enum Wall: CaseIterable, Sendable {
    case before, after
}

/// Floats that lie at the edge of a forbidden page: whoever reads or writes beyond them is stopped at once. On their other
/// side lies a margin of known values that shows whether someone wrote there.
package final class GuardedFloats {
    /// How many floats.
    package let count: Int
    /// The first of them, aligned to no more than a float.
    package let base: UnsafeMutablePointer<Float>
    private let mapping: UnsafeMutableRawPointer
    private let mappedBytes: Int
    private let margin: UnsafeMutableBufferPointer<Float>

    private static let silence: UInt32 = 0x7FC0_5AFE

    /// Takes copies of some values.
    package init(_ values: [Float], _ wall: Wall) {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let usable = (values.count * MemoryLayout<Float>.stride + page) / page * page
        mappedBytes = usable + 2 * page
        guard let start = mmap(nil, mappedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED,
            mprotect(start + page, usable, PROT_READ | PROT_WRITE) == 0
        else { fatalError("no memory for a test") }
        mapping = start
        count = values.count
        let floats = UnsafeMutableBufferPointer(
            start: (start + page).bindMemory(to: Float.self, capacity: usable / 4), count: usable / 4)
        let own = wall == .after ? floats.count - count : 0
        base = floats.baseAddress! + own
        margin = UnsafeMutableBufferPointer(
            rebasing: wall == .after ? floats[..<own] : floats[count...])
        margin.update(repeating: Float(bitPattern: Self.silence))
        base.update(from: values, count: count)
    }

    /// Floats that are all the same; NaN unless told otherwise, so that reading before writing shows.
    package convenience init(count: Int, of value: Float = .nan, _ wall: Wall) {
        self.init(Array(repeating: value, count: count), wall)
    }

    deinit { munmap(mapping, mappedBytes) }

    /// For kernels that only read.
    package var readOnly: UnsafePointer<Float> { UnsafePointer(base) }

    /// A copy of the values, or nil if someone wrote beside them.
    package var values: [Float]? {
        margin.allSatisfy { $0.bitPattern == Self.silence }
            ? Array(UnsafeBufferPointer(start: base, count: count)) : nil
    }
}
