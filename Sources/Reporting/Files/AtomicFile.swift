import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that appears whole or not at all: written beside its place, forced to the disk, then renamed.
///
///     var file = try AtomicFile(at: "model.safetensors")
///     try file.write(header.span.bytes)
///     try file.write(weights.bytes)
///     try file.commit()
///
/// One that is dropped without `commit` leaves what was there before. Only a process that is killed outright leaves the
/// unfinished file behind, under a hidden name that ends in `.partial`. A file that is replaced passes on its permissions, and
/// a symbolic link stays a link. What is no regular file, such as a pipe, is never replaced: see `Destination`.
package struct AtomicFile: ~Copyable {
    private let path: String
    private let destination: Destination
    /// The unfinished file; nil where the bytes go straight to their destination.
    private let partial: String?
    /// Negative until it is open.
    private var descriptor: Int32
    private var isCommitted = false

    /// Opens a new file beside `path`; so a place that cannot be written is known before any work is done.
    package init(at path: String) throws(FileError) {
        let destination = try Destination(of: path)
        var opened: (name: String, descriptor: Int32)?
        if case .file(let target, let replaced) = destination {
            guard let file = Self.openUnfinished(for: target) else { throw FileError("write", path) }
            replaced?.passOn(to: file.descriptor)
            opened = file
        }
        self.path = path
        self.destination = destination
        partial = opened?.name
        descriptor = opened?.descriptor ?? -1
    }

    /// Makes the unfinished file; nil where the system refuses.
    ///
    /// Two threads or processes may write the same file, and one that was killed may have left its own; each gets another
    /// name.
    private static func openUnfinished(for target: String) -> (name: String, descriptor: Int32)? {
        let (folder, name) = parts(of: target)
        while true {
            let candidate =
                folder + PartialFile.name(for: name, serial: serial.wrappingAdd(1, ordering: .relaxed).newValue)
            let opened = retrying { open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
            if opened >= 0 { return (candidate, opened) }
            if errno != EEXIST { return nil }
        }
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
        if let partial, !isCommitted { _ = unlink(partial) }
    }

    package mutating func write(_ bytes: RawSpan) throws(FileError) {
        try openStream()
        if let code = bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
            throw FileError("write", path, code: code)
        }
    }

    /// Opens what is written through no sooner than there is something to write: whoever reads a pipe would take its closing
    /// for the end of the file, and opening it waits for them.
    private mutating func openStream() throws(FileError) {
        guard descriptor < 0 else { return }
        switch destination {
        case .stream: descriptor = retrying { open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
        case .descriptor(let number): descriptor = dup(number)
        case .file: return
        }
        if descriptor < 0 { throw FileError("write", path) }
    }

    /// Puts the file in its place; from then on it survives even a power failure.
    package consuming func commit() throws(FileError) {
        try openStream()
        if partial != nil, !forceToDisk(descriptor) { throw FileError("write", path) }
        let closed = close(descriptor)
        descriptor = -1
        if closed != 0 { throw FileError("write", path) }
        guard let partial, case .file(let target, _) = destination else { return }
        if rename(partial, target) != 0 { throw FileError("write", path) }
        isCommitted = true
        // The name is on the disk only when its directory is; some file systems have no such thing to offer.
        let folder = retrying { open(parts(of: target).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        if folder >= 0 {
            _ = retrying { fsync(folder) }
            _ = close(folder)
        }
    }

    /// Makes a whole file where there is none yet, and nothing where there is one: of many who try, one does it, on network file
    /// systems too. Returns the file's number, or nil where another was faster.
    package static func create(_ bytes: [UInt8], at path: String) throws(FileError) -> UInt64? {
        guard let file = openUnfinished(for: path) else { throw FileError("write", path) }
        defer { _ = close(file.descriptor) }
        defer { _ = unlink(file.name) }
        if let code = bytes.withUnsafeBytes({ writeAll($0, to: file.descriptor) }) {
            throw FileError("write", path, code: code)
        }
        let code = link(file.name, path) == 0 ? 0 : errno
        // The answer of a network file system may be lost; how many names the file has is the truth.
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw FileError("write", path) }
        if code == 0 || status.st_nlink > 1 { return UInt64(status.st_ino) }
        if code == EEXIST { return nil }
        guard [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK].contains(code) else {
            throw FileError("write", path, code: code)
        }
        return try createInPlace(bytes, at: path)
    }

    /// The same where files cannot have two names: for a moment the file is there and empty.
    private static func createInPlace(_ bytes: [UInt8], at path: String) throws(FileError) -> UInt64? {
        let descriptor = retrying { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
        if descriptor < 0, errno == EEXIST { return nil }
        guard descriptor >= 0 else { throw FileError("write", path) }
        defer { _ = close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        if let code = bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
            _ = unlink(path)
            throw FileError("write", path, code: code)
        }
        return UInt64(status.st_ino)
    }

    /// Writes and commits a whole file.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        var file = try AtomicFile(at: path)
        try file.write(bytes.span.bytes)
        try file.commit()
    }

    /// Writes and commits a whole file, as UTF-8.
    package static func write(_ text: String, to path: String) throws(FileError) {
        try write(Array(text.utf8), to: path)
    }

    private static let serial = Atomic<Int>(0)
}

/// Repeats a system call for as long as signals interrupt it.
package func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// Writes every byte, however many calls that takes; returns `errno` where the system refuses.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = retrying { write(descriptor, part.baseAddress, part.count) }
        if count < 0 { return errno }
        rest = rest.dropFirst(count)
    }
    return nil
}
