import Foundation

/// The program that talks to servers: `curl`, or `wget` where there is no curl. The tool links no network library, so a
/// static binary needs none, and certificates and proxies are those of the system.
///
/// Either writes the head of the server's answer to its standard output, and then the content.
package struct WebClient: Sendable {
    enum Program: String, CaseIterable { case curl, wget }

    let program: Program
    let path: String

    /// The first program that one of a search path's folders has; nil where none has any.
    package init?(searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin") {
        let folders = searchPath.split(separator: ":")
        for program in Program.allCases {
            let places = folders.map { "\($0)/\(program)" }
            guard let path = places.first(where: FileManager.default.isExecutableFile) else { continue }
            self.program = program
            self.path = path
            return
        }
        return nil
    }

    /// Whether it can be asked for the rest of a file; wget takes some answers to that as the end of its work.
    var canResume: Bool { program == .curl }

    /// What is written after the program's name. Neither reads its user's configuration, which may add to its output.
    func arguments(for address: URL, from start: Int, patience: TimeInterval) -> [String] {
        let seconds = String(Int(patience.rounded(.up)))
        switch program {
        case .curl:
            return ["--disable", "--silent", "--show-error", "--include", "--suppress-connect-headers", "--no-buffer"]
                + ["--location", "--max-redirs", "10", "--proto", "=http,https", "--connect-timeout", seconds]
                // The bytes as they lie there, or the offsets of a resumed download would be those of another stream.
                + ["--header", "Accept-Encoding: identity"]
                + (start > 0 ? ["--range", "\(start)-"] : []) + ["--", address.absoluteString]
        case .wget:
            return ["--no-config", "--no-verbose", "--save-headers", "--output-document=-", "--tries=1"]
                + ["--timeout=\(seconds)", "--", address.absoluteString]
        }
    }

    /// What an exit code other than 0 means; the last line of messages where it means nothing special.
    func failure(exitCode: Int32, messages: String) -> DownloadError {
        if program == .wget, let status = messages.firstMatch(of: #/ERROR ([0-9]{3})/#).flatMap({ Int($0.1) }) {
            return .status(status)
        }
        switch (program, exitCode) {
        case (.curl, 5): return .connection("no such proxy, or no network")
        case (.curl, 6): return .connection("no such host, or no network")
        case (.curl, 7): return .connection("nothing answers there, or no network")
        case (.curl, 18), (.curl, 52), (.curl, 56): return .connection("the connection was lost")
        case (.curl, 28): return .connection("no answer in time")
        case (.curl, 35), (.curl, 60), (.curl, 77), (.wget, 5): return .connection("no secure connection")
        case (.wget, 4): return .connection("nothing answers there, or no network")
        default:
            let line = messages.split(separator: "\n").last.map(String.init) ?? "exit code \(exitCode)"
            return .connection(line.hasPrefix(program.rawValue) ? line : "\(program): \(line)")
        }
    }
}
