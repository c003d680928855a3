#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that is mapped into memory and has no name any more: the system removes it with the process, however that ends.
struct TemporaryMapping {
    let address: UnsafeMutableRawPointer

    /// Reserves the whole file at once, so that a full disk is known now and not when a page is touched.
    init(bytes: Int, in folder: String) throws(MemoryError) {
        var template = Array("\(folder)/.features.XXXXXX.partial".utf8CString)
        let descriptor = mkstemps(&template, Int32(".partial".utf8.count))
        guard descriptor >= 0 else { throw Self.error(bytes, folder, errno) }
        unlink(template)
        defer { close(descriptor) }
        let refusal = Self.reserve(bytes, descriptor)
        guard refusal == 0 else { throw Self.error(bytes, folder, refusal) }
        guard let mapped = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), mapped != MAP_FAILED
        else { throw Self.error(bytes, folder, errno) }
        address = mapped
    }

    /// Gives an empty file that many bytes of the disk; what the system says against it, or 0.
    private static func reserve(_ bytes: Int, _ descriptor: Int32) -> Int32 {
        #if canImport(Darwin)
        var request = fstore_t(
            fst_flags: UInt32(F_ALLOCATEALL), fst_posmode: F_PEOFPOSMODE, fst_offset: 0, fst_length: off_t(bytes),
            fst_bytesalloc: 0)
        let isReserved = fcntl(descriptor, F_PREALLOCATE, &request) == 0 && ftruncate(descriptor, off_t(bytes)) == 0
        return isReserved ? 0 : errno
        #else
        return posix_fallocate(descriptor, 0, off_t(bytes))
        #endif
    }

    private static func error(_ bytes: Int, _ folder: String, _ code: Int32) -> MemoryError {
        MemoryError(bytes: bytes, file: "\(folder): \(String(cString: strerror(code)))")
    }
}
