import Foundation
import Machine
import Reporting

/// A folder that belongs to one run at a time, and whose files appear whole or not at all.
///
/// The folder itself is locked; the lock dies with the process, so a killed run never blocks the next.
package final class RunDirectory {
    package let path: String
    private let lock: FolderLock

    /// Creates a folder, or takes over an existing one if `resuming`, or if it has nothing but what a killed run left unfinished.
    package convenience init(path: String, resuming: Bool) throws {
        let manager = FileManager.default
        if manager.fileExists(atPath: path) {
            guard let names = try? manager.contentsOfDirectory(atPath: path) else { throw Self.refusal(of: path) }
            guard resuming || names.allSatisfy({ PartialFile.isAbandoned($0, in: path) }) else {
                throw RunDirectoryError.exists(path)
            }
        }
        try Self.makeFolder(path)
        try self.init(locking: path)
    }

    /// Creates `runs/<name>`, or the first of `runs/<name>-2`, `runs/<name>-3`, … that does not exist yet.
    package convenience init(under folder: String, name: String) throws {
        try Self.makeFolder(folder)
        var number = 1
        while true {
            let path = "\(folder)/\(name)\(number == 1 ? "" : "-\(number)")"
            // mkdir decides between two runs that begin at the same moment.
            if mkdir(path, 0o777) == 0 {
                try self.init(locking: path)
                return
            }
            guard errno == EEXIST else { throw FileError("make folder", path) }
            number += 1
        }
    }

    private init(locking path: String) throws {
        self.path = path
        lock = try openLock(path)
        guard lock.tryExclusive() else { throw RunDirectoryError.inUse(path) }
    }

    /// Why the names in a folder cannot be read.
    private static func refusal(of path: String) -> any Error {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { return errno == ENOTDIR ? RunDirectoryError.notAFolder(path) : FileError("read", path) }
        close(descriptor)
        return FileError("read", path, code: EIO)
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw RunDirectoryError.cannotMake(path, reason: "\(String(cString: strerror(errno)))")
        }
    }

    /// Throws if there is something here that is no run of a config: before there is a checkpoint nothing else tells.
    package func checkConfig(_ wanted: ResolvedConfig) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        guard !has(.checkpoint), names.contains(where: { !$0.hasPrefix(".") }) else { return }
        guard let text = try text(of: .config),
            let document = try? ConfigDocument(Array(text.utf8), file: path(of: .config)).resolved()
        else { throw RunDirectoryError.foreign(path) }
        let misfit = ConfigMisfit(
            path, was: document.json, is: wanted.json, canGrow: wanted.config.training.phases.isEmpty,
            remedy: "choose another --out")
        if let misfit { throw misfit }
    }

    package func path(of file: RunFile) -> String { "\(path)/\(file.rawValue)" }

    package func has(_ file: RunFile) -> Bool { FileManager.default.fileExists(atPath: path(of: file)) }

    /// Replaces the file atomically.
    package func write(_ text: String, to file: RunFile) throws(FileError) {
        try AtomicFile.write(text, to: path(of: file))
    }

    /// Replaces the file atomically.
    package func write(_ bytes: [UInt8], to file: RunFile) throws(FileError) {
        try AtomicFile.write(bytes, to: path(of: file))
    }

    /// Nil for a file that does not exist.
    package func text(of file: RunFile) throws(FileError) -> String? {
        try readFileIfThere(path(of: file)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Does nothing if the file does not exist.
    package func remove(_ file: RunFile) { unlink(path(of: file)) }

    /// Removes the unfinished files of a run that was killed while it was writing.
    package func removePartialFiles() { Reporting.removePartialFiles(in: path) }
}

/// The lock of a folder that is there. What several machines write to needs a `Claim` besides.
func openLock(_ folder: String) throws(FileError) -> FolderLock {
    guard let lock = FolderLock(folder: folder) else { throw FileError("open folder", folder) }
    return lock
}

/// Why a folder cannot be used as a run directory.
package enum RunDirectoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The folder is not empty.
    case exists(String)
    /// Another process holds the lock.
    case inUse(String)
    /// There is a file of that name.
    case notAFolder(String)
    case cannotMake(String, reason: String)
    /// There is something in the folder, and no run.
    case foreign(String)

    /// One line: folder, reason, remedy.
    package var description: String {
        switch self {
        case .exists(let path):
            "\(path): this folder exists and is not empty; choose another --out, or continue its run with --resume"
        case .inUse(let path):
            "\(path): another run is writing to this folder; wait for it, or choose another --out"
        case .notAFolder(let path):
            "\(path): there is a file of this name; choose another --out"
        case .cannotMake(let path, let reason):
            "\(path): the folder cannot be made: \(reason); choose another --out"
        case .foreign(let path):
            "\(path): this folder holds no run that could go on; choose another --out"
        }
    }
}
