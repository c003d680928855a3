#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The folder that holds a file, by its path alone.
func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// A path that means the same wherever it is read. `..` stays: behind a symbolic link it is not what it seems.
func absolute(_ path: String, from directory: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let base = directory.hasPrefix("/") ? directory : "\(currentDirectory())/\(directory)"
    let parts = "\(base)/\(path)".split(separator: "/").filter { $0 != "." }
    return "/" + parts.joined(separator: "/")
}

private func currentDirectory() -> String {
    guard let buffer = getcwd(nil, 0) else { return "" }
    defer { free(buffer) }
    return String(cString: buffer)
}
