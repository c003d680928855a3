import Foundation

/// Removes the unfinished files that processes left in a folder when they were killed; those of living ones stay. Which process
/// a file belongs to is in its name: see `AtomicFile`.
package func removePartialFiles(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(".") && name.hasSuffix(".partial") {
        let process = name.dropLast(".partial".count).split(separator: ".").last?.split(separator: "-").first
        if let number = process.flatMap({ pid_t($0) }), isAlive(number) { continue }
        unlink("\(folder)/\(name)")
    }
}

/// Whether there is another process of that number; an earlier one may have had this one's own.
private func isAlive(_ process: pid_t) -> Bool {
    process > 0 && process != getpid() && (kill(process, 0) == 0 || errno == EPERM)
}
