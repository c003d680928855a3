#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file's whole content.
///
/// Only regular files, and none beyond `limit`: a device or a pipe could go on for ever.
func bytes(ofFile path: String, limit: Int = 1 << 31) throws(DataFileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw DataFileError(file: path, fact: .unreadable(errorText())) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw DataFileError(file: path, fact: .unreadable(errorText())) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw DataFileError(file: path, fact: .unreadable("not a regular file"))
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw DataFileError(file: path, fact: .unreadable("larger than \(limit) bytes")) }

    var failure: String?
    let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        while count < size {
            let got = read(descriptor, buffer.baseAddress! + count, size - count)
            if got < 0 && errno == EINTR { continue }
            if got < 0 { failure = errorText() }
            if got <= 0 { break }
            count += got
        }
    }
    if let failure { throw DataFileError(file: path, fact: .unreadable(failure)) }
    return content
}

/// What the last system call said.
func errorText(_ code: Int32 = errno) -> String {
    String(cString: strerror(code))
}
