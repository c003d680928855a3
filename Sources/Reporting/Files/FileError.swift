#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the system refused to do with a file.
package struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried: `write`, `read`.
    package let operation: String

    /// The file, as the user knows it.
    package let path: String

    package let code: Int32

    /// The refusal that `errno` tells of, unless a code is given.
    package init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// What to do about it, for the refusals that have a usual remedy.
    package var remedy: String? {
        switch code {
        case ENOSPC, EDQUOT: "free some space and try again"
        case EACCES, EPERM: "check the permissions of the file and its directory"
        case ENOENT: operation == "read" ? "check its name" : "create its directory first"
        case ENOTDIR: "a part of the path is a file, not a directory"
        case EISDIR: "it is a directory"
        case EROFS: "choose a place on a file system that can be written"
        case ENAMETOOLONG: "choose a shorter name"
        case EMFILE, ENFILE: "raise the limit with ulimit -n"
        case EBADF: "it is closed; open it or name a file"
        case EFBIG: "raise the limit with ulimit -f"
        case ENXIO: "it is a socket, or a device that is not there; name a file"
        case ELOOP: "a symbolic link leads back to itself"
        default: nil
        }
    }

    /// `cannot write runs/a/result.json: No space left on device; free some space and try again`.
    package var description: String {
        let reason = String(cString: strerror(code))
        return "cannot \(operation) \(displayable(path)): \(reason)" + (remedy.map { "; \($0)" } ?? "")
    }
}
