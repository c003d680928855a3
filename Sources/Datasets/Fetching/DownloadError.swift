/// Why one attempt at one address ended early.
package enum DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
    case connection(String)
    case status(Int)
    case tooLong(Int)
    case stale
    case wrongContent(String)
    case file(String, String)
    case cancelled

    /// What a list of failed mirrors says after the address.
    package var description: String {
        switch self {
        case .connection(let reason): reason
        case .status(let code):
            code == 404 ? "no such file there (status 404)" : "the server answered with status \(code)"
        case .tooLong(let limit): "the file is longer than the \(limit) bytes it can have"
        case .stale: "the file there has changed since the download began"
        case .wrongContent(let reason): "not the official file: \(reason)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .cancelled: "stopped"
        }
    }
}
