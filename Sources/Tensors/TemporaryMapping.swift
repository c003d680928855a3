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
        let refusal = posix_fallocate(descriptor, 0, bytes)
        guard refusal == 0 else { throw Self.error(bytes, folder, refusal) }
        guard let mapped = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), mapped != MAP_FAILED
        else { throw Self.error(bytes, folder, errno) }
        address = mapped
    }

    private static func error(_ bytes: Int, _ folder: String, _ code: Int32) -> MemoryError {
        MemoryError(bytes: bytes, file: "\(folder): \(String(cString: strerror(code)))")
    }
}
