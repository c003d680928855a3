import Kernels
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Contiguous floats with one owner: page-aligned, zero at first, and unmapped with the owner.
package final class FloatMemory: @unchecked Sendable {
    /// How many floats.
    package let count: Int
    /// The first of them.
    package let base: UnsafeMutablePointer<Float>

    /// Whether its pages are the system's memory, and not a file's.
    private let isAnonymous: Bool

    private static let allocated = Atomic<Int>(0)

    /// Bytes of the system's memory that all instances hold at this moment, those in files not counted: tests compare plans with
    /// it.
    package static var bytesInUse: Int { allocated.load(ordering: .relaxed) }

    /// Maps memory, whose pages the system provides when they are first touched.
    package init(count: Int) throws(MemoryError) {
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        guard let address = Self.map(bytes) else { throw MemoryError(bytes: bytes) }
        self.count = count
        base = address.bindMemory(to: Float.self, capacity: max(count, 1))
        isAnonymous = true
        Self.allocated.wrappingAdd(count * MemoryLayout<Float>.stride, ordering: .relaxed)
    }

    /// The same in a nameless file in a folder, for more than the machine has memory for; without a folder, in memory.
    package convenience init(count: Int, inFileIn folder: String?) throws(MemoryError) {
        guard let folder else {
            try self.init(count: count)
            return
        }
        try self.init(count: count, file: try TemporaryMapping(bytes: max(count, 1) * 4, in: folder))
    }

    private init(count: Int, file: TemporaryMapping) throws(MemoryError) {
        self.count = count
        base = file.address.bindMemory(to: Float.self, capacity: max(count, 1))
        isAnonymous = false
    }

    /// Pages of this size, where the system grants them, avoid most TLB misses: weights of some megabytes are more small pages
    /// than a TLB holds.
    private static let largePage = 1 << 21

    /// Large pages for memory that fills at least one.
    private static func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
        func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
            let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            return address == MAP_FAILED ? nil : address
        }
        guard bytes >= largePage, let start = map(bytes + largePage) else { return map(bytes) }
        // What the additional page left before the first boundary and behind the end is unmapped.
        let before = -Int(bitPattern: start) & (largePage - 1)
        if before > 0 { munmap(start, before) }
        let pages = bytes.roundedUp(toMultipleOf: pageSize)
        if largePage - before + bytes - pages > 0 { munmap(start + before + pages, largePage - before + bytes - pages) }
        #if !canImport(Darwin)
        madvise(start + before, pages, MADV_HUGEPAGE)
        #endif
        return start + before
    }

    private static var pageSize: Int { Int(sysconf(Int32(_SC_PAGESIZE))) }

    deinit {
        munmap(base, max(count, 1) * MemoryLayout<Float>.stride)
        if isAnonymous { Self.allocated.wrappingSubtract(count * MemoryLayout<Float>.stride, ordering: .relaxed) }
    }

    /// Copies of the values in a range, or of all.
    package func values(_ range: Range<Int>? = nil) -> [Float] {
        let range = range ?? 0..<count
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// Replaces the values from an offset on.
    package func set(_ values: some Collection<Float>, at offset: Int = 0) {
        precondition(offset >= 0 && offset + values.count <= count)
        _ = UnsafeMutableBufferPointer(start: base + offset, count: values.count).update(fromContentsOf: values)
    }

    /// Replaces some values by those of another memory.
    package func copy(_ count: Int, from other: FloatMemory, at source: Int, to destination: Int) {
        precondition(source >= 0 && count >= 0 && source + count <= other.count)
        precondition(destination >= 0 && destination + count <= self.count)
        (base + destination).update(from: other.base + source, count: count)
    }
}

/// The system refused this much memory.
package struct MemoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// How much was asked for.
    package let bytes: Int
    /// Where and why a file could not take it, if it was to be one.
    package let file: String?

    package init(bytes: Int, file: String? = nil) {
        self.bytes = bytes
        self.file = file
    }

    /// One line with the remedy.
    package var description: String {
        let size = "\(bytes / 1_048_576) MiB"
        if let file { return "\(size) could not be reserved in a file in \(file)" }
        return "\(size) of memory are not available; a smaller model or batch_size needs less"
    }
}
