#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

// For files that others read while they grow, and that therefore cannot be replaced as a whole.

/// Adds bytes at the end of a file, which is made if there is none, and forces them to the disk.
package func appendToFile(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let descriptor = retrying { open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666) }
    if descriptor < 0 { throw FileError("write", path) }
    defer { _ = close(descriptor) }
    if let code = bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) { throw FileError("write", path, code: code) }
    if !forceToDisk(descriptor) { throw FileError("write", path) }
}

/// Returns when a file's bytes are on the disk. On Darwin fsync leaves them in the disk's own cache.
func forceToDisk(_ descriptor: Int32) -> Bool {
    #if canImport(Darwin)
    if retrying({ fcntl(descriptor, F_FULLFSYNC) }) == 0 { return true }
    #endif
    return retrying { fsync(descriptor) } == 0
}

/// Leaves no more of a file than its first bytes.
package func truncateFile(_ path: String, to length: Int) throws(FileError) {
    if retrying({ truncate(path, off_t(length)) }) != 0 { throw FileError("write", path) }
}

package func removeFile(_ path: String) throws(FileError) {
    if unlink(path) != 0 { throw FileError("remove", path) }
}
