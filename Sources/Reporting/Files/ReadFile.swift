#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A whole file, or the whole standard input for `-`, but never more than one byte beyond `limit`: enough for the
/// reader to see that it is too long, too little to fill the memory.
package func readFile(_ path: String, atMost limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : retrying { open(path, O_RDONLY | O_CLOEXEC) }
    if descriptor < 0 { throw FileError("read", path) }
    defer { if path != "-" { _ = close(descriptor) } }
    var bytes: [UInt8] = []
    var failure: Int32?
    while failure == nil, bytes.count <= limit {
        let room = min(1 << 20, limit + 1 - bytes.count)
        let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            let got = retrying { read(descriptor, buffer.baseAddress, room) }
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        if part.isEmpty { break }
        bytes += part
    }
    if let failure { throw FileError("read", path, code: failure) }
    return bytes
}

/// A whole file as `readFile` reads it, or nil where there is none. One that is there and cannot be read is not the same as
/// none.
package func readFileIfThere(_ path: String, atMost limit: Int = 1 << 30) throws(FileError) -> [UInt8]? {
    do {
        return try readFile(path, atMost: limit)
    } catch {
        if error.code == ENOENT || error.code == ENOTDIR { return nil }
        throw error
    }
}
