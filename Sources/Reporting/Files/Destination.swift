#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the bytes of an `AtomicFile` go: the kinds of things that a path can name.
enum Destination {
    /// A regular file, or one that is made: the end of all symbolic links, and the status of what is there.
    case file(String, replacing: stat?)
    /// A pipe or a device, which is written through.
    case stream
    /// A stream of this process, such as `/dev/stdout`, whatever it is connected to.
    case descriptor(Int32)

    /// Throws for what cannot be written: a directory, a socket, links that lead in a circle.
    init(of path: String) throws(FileError) {
        if let number = ownDescriptor(path) {
            guard fcntl(number, F_GETFD) >= 0 else { throw FileError("write", path) }
            self = .descriptor(number)
            return
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw FileError("write", path) }
            self = .file(try endOfLinks(path), replacing: nil)
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file(try endOfLinks(path), replacing: status)
        case S_IFDIR: throw FileError("write", path, code: EISDIR)
        case S_IFSOCK: throw FileError("write", path, code: ENXIO)
        default:
            guard access(path, W_OK) == 0 else { throw FileError("write", path) }
            self = .stream
        }
    }
}

extension stat {
    /// When the file was last written to.
    package var modification: timespec {
        #if canImport(Darwin)
        st_mtimespec
        #else
        st_mtim
        #endif
    }

    /// Gives a new file the permissions of the one that it replaces, and its owner where that is allowed.
    func passOn(to descriptor: Int32) {
        if st_uid != geteuid() || st_gid != getegid() { _ = fchown(descriptor, st_uid, st_gid) }
        _ = fchmod(descriptor, st_mode & 0o777)
    }
}

/// A path's directory, with its slash, and the name in it.
func parts(of path: String) -> (folder: String, name: Substring) {
    guard let slash = path.lastIndex(of: "/") else { return ("./", path[...]) }
    return (String(path[...slash]), path[path.index(after: slash)...])
}

/// The number of one of this process's streams.
private func ownDescriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
        let folder = ["/dev/fd/", "/proc/self/fd/"].first(where: path.hasPrefix)
        return folder.flatMap { Int32(path.dropFirst($0.count)) }
    }
}

/// What a symbolic link finally names, even if that does not exist yet; a path that is no link itself.
private func endOfLinks(_ path: String) throws(FileError) -> String {
    var path = path
    for _ in 0..<40 {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &target, target.count)
        guard count >= 0 else { return path }
        let next = String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = next.hasPrefix("/") ? next : parts(of: path).folder + next
    }
    throw FileError("write", path, code: ELOOP)
}
