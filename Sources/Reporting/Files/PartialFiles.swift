import Foundation

/// The names of unfinished files, which say whose they are: `.result.json.node7~4711-3.partial` is a file of process 4711 of the
/// machine node7.
package enum PartialFile {
    /// A name beside the file that is to be made. It is cut, for the longest names have no room for more.
    package static func name(for name: Substring, serial: Int) -> String {
        ".\(String(name.unicodeScalars.prefix(40))).\(host)~\(getpid())-\(serial).partial"
    }

    /// Whether the name is such a file's, and its process is gone; or that of a file of features, which has a name only while
    /// it is made (see `TemporaryMapping`).
    ///
    /// Of another machine's processes nothing can be seen. Their files stay until they have not been touched for a day.
    package static func isAbandoned(_ name: String, in folder: String) -> Bool {
        guard name.hasPrefix("."), name.hasSuffix(".partial") else { return false }
        let words = name.dropLast(".partial".count).split(separator: ".")
        guard let owner = words.last else { return false }
        if words.count == 2, words[0] == "features", owner.utf8.count == 6,
            owner.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        {
            return true
        }
        let parts = owner.split(separator: "~", maxSplits: 1)
        let numbers = (parts.last ?? "").split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 2, let process = pid_t(numbers[0]), Int(numbers[1]) != nil else { return false }
        if parts.count == 2, parts[0] != host { return hasRested("\(folder)/\(name)") }
        return !isAlive(process)
    }

    /// This machine's name without what a file's name cannot have, or would be misread.
    static let host: String = {
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
        let name = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(40))
    }()

    private static let longestRest = 86_400.0

    private static func hasRested(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return Date().timeIntervalSince1970 - Double(status.modification.tv_sec) > longestRest
    }

    /// Whether there is another process of that number; an earlier one may have had this one's own.
    private static func isAlive(_ process: pid_t) -> Bool {
        process > 0 && process != getpid() && (kill(process, 0) == 0 || errno == EPERM)
    }
}

/// Removes the unfinished files that processes left in a folder when they were killed; those of living ones stay.
package func removePartialFiles(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where PartialFile.isAbandoned(name, in: folder) { unlink("\(folder)/\(name)") }
}
