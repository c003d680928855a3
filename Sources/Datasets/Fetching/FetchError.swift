/// Why a set could not be fetched.
package enum FetchError: Error, CustomStringConvertible {
    /// One mirror's answer.
    package struct Failure: Sendable, Hashable {
        /// The file's address there.
        package let address: String

        /// How the last attempt ended.
        package let reason: DownloadError
    }

    case folder(String, String)
    case occupied(String)
    case noClient(String, folder: String)
    case mirrors(String, [Failure], folder: String)
    case cancelled(String)

    /// What happened, a line for each mirror, and what can be done without a network.
    package var description: String {
        switch self {
        case .folder(let folder, let reason):
            return "\(folder): \(reason); set XDG_CACHE_HOME to a folder that can be written"
        case .occupied(let path):
            return "\(path): this is a link, a folder or a special file, and not replaced; remove it and fetch again"
        case .noClient(let name, let folder):
            return """
                \(name) could not be fetched: neither curl nor wget is in $PATH
                install one of them and fetch again, or put the four files into \(folder)
                \(otherPlaces)
                """
        case .mirrors(let name, let failures, let folder):
            let list = failures.map { "  \($0.address): \($0.reason)" }.joined(separator: "\n")
            return """
                \(name) could not be fetched from any mirror:
                \(list)
                check the network and fetch again (with curl it goes on where it ended), or put the four files into \(folder)
                \(otherPlaces)
                """
        case .cancelled(let name):
            return "fetching \(name) was stopped; `mnist-lab data fetch \(name)` goes on, with curl where it ended"
        }
    }
}
