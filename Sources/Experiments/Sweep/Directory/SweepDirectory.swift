import Foundation
import Machine
import Reporting

/// A folder that belongs to one sweep, which any number of processes may run together.
///
/// Each process holds a shared lock on the folder; a process that is alone may rearrange it for another plan. Each trial's
/// folder has its own lock (see `RunDirectory`). Locks die with their process, however it ends. Where there are no locks, or
/// other machines do not see them, claims keep processes apart (see `Claim`).
package final class SweepDirectory {
    package let path: String
    private let lock: FolderLock

    /// Creates the folder, or takes over one that is empty or already belongs to a sweep.
    package init(path: String) throws {
        let manager = FileManager.default
        // Another process may have made the folder just now and not yet said what for.
        if let names = try? manager.contentsOfDirectory(atPath: path), !names.contains(SweepFile.record.rawValue),
            names.contains(where: { !$0.hasPrefix(".") && $0 != "trials" })
        {
            throw SweepDirectoryError.foreign(path)
        }
        do {
            try manager.createDirectory(atPath: "\(path)/trials", withIntermediateDirectories: true)
        } catch {
            throw SweepDirectoryError.cannotMake(path, reason: String(cString: strerror(errno)))
        }
        self.path = path
        lock = try openLock(path)
    }

    package func folder(of trial: SweepTrial) -> String { Self.folder(of: trial, in: path) }

    static func folder(of trial: SweepTrial, in directory: String) -> String { "\(directory)/trials/\(trial.name)" }

    /// Prepares the folder for a plan: writes `sweep.json`, keeps trials that an earlier plan has in common with this one,
    /// under their new names, and moves the others into `former`, from where they return if a later plan has them again.
    ///
    /// Returns how many were moved away. Throws if another process is running another plan.
    package func take(_ record: SweepRecord) throws -> Int {
        let file = "\(path)/\(SweepFile.record.rawValue)"
        while !lock.tryExclusive() {
            // Somebody is at work here. That is fine if it is at the same work.
            lock.waitForShared()
            if FileManager.default.fileExists(atPath: file) {
                guard try SweepRecord(in: path).isSameWork(as: record) else { throw SweepDirectoryError.inUse(path) }
                return 0
            }
            // Whoever it was has died before it could say what it was at.
            lock.release()
        }
        if isClaimed, FileManager.default.fileExists(atPath: file), try !SweepRecord(in: path).isSameWork(as: record) {
            throw SweepDirectoryError.inUse(path)
        }
        removePartialFiles(in: path)
        let count = try arrange(record.trials)
        try AtomicFile.write(record.json.pretty, to: file)
        lock.waitForShared()
        return count
    }

    /// Takes part in a sweep for which the folder is prepared; prepares it only if it is new.
    package func join(_ record: SweepRecord) throws {
        guard FileManager.default.fileExists(atPath: "\(path)/\(SweepFile.record.rawValue)") else {
            _ = try take(record)
            return
        }
        lock.waitForShared()
        guard try SweepRecord(in: path).isSameWork(as: record) else { throw SweepDirectoryError.otherPlan(path) }
    }

    /// Makes failed trials count as not begun, for processes that would not try them again themselves.
    package func forgiveFailures(_ record: SweepRecord) throws {
        for trial in record.trials where try TrialState(of: trial, in: folder(of: trial)).failure != nil {
            guard var note = try TrialNote(in: folder(of: trial)) else { continue }
            note.failure = nil
            note.attempts += 1
            try note.write(in: folder(of: trial))
        }
    }

    /// Removes what a process has left that was killed when a trial was finished already: nobody resumes from it.
    func removeRemains(of trial: SweepTrial) {
        let folder = folder(of: trial)
        unlink("\(folder)/\(RunFile.checkpoint.rawValue)")
        for number in SavedClaim.numbers(in: folder) { unlink(SavedClaim.path(number, in: folder)) }
    }

    /// Whether a process trains here, as far as its signs of life tell: one of another machine may hold no lock.
    private var isClaimed: Bool {
        let now = clockOfFiles
        return subfolders(of: "\(path)/trials").contains { name in
            SavedClaim(in: "\(path)/trials/\(name)")?.isAlive(at: now) ?? false
        }
    }

    /// What the clock says by which files are stamped here; on a network file system it is not this machine's.
    private var clockOfFiles: Double {
        let probe = "\(path)/\(PartialFile.name(for: "clock", serial: 0))"
        let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return Date().timeIntervalSince1970 }
        defer {
            close(descriptor)
            unlink(probe)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return Date().timeIntervalSince1970 }
        return Double(status.modification.tv_sec) + Double(status.modification.tv_nsec) / 1e9
    }

    private func arrange(_ trials: [SweepTrial]) throws -> Int {
        // Two trials may be one experiment, if files of theirs have the same content.
        var free = Dictionary(grouping: trials, by: \.digest).mapValues { $0.map(\.name) }
        let places = ["trials", "former"].map { "\(path)/\($0)" }
        var found: [(folder: String, note: TrialNote)] = []
        for place in places {
            for name in subfolders(of: place) {
                if let note = try TrialNote(in: "\(place)/\(name)") { found.append(("\(place)/\(name)", note)) }
            }
        }
        let isInPlace = found.map { folder, note in
            let digest = note.trial.digest
            guard let index = free[digest]?.firstIndex(where: { "\(places[0])/\($0)" == folder }) else { return false }
            free[digest]?.remove(at: index)
            return true
        }
        // First everything leaves its place, then what is wanted comes: names may have been exchanged.
        var wanted: [(from: String, to: String)] = []
        var count = 0
        for ((folder, note), isInPlace) in zip(found, isInPlace) where !isInPlace {
            var target: String?
            if let name = free[note.trial.digest]?.first {
                free[note.trial.digest]?.removeFirst()
                target = "\(places[0])/\(name)"
            }
            let isAway = folder.hasPrefix(places[1])
            let away = unusedPath("\(places[1])/\(note.trial.digest.prefix(16))")
            if !isAway {
                try FileManager.default.createDirectory(atPath: places[1], withIntermediateDirectories: true)
                if rename(folder, away) != 0 { throw FileError("move", folder) }
            }
            if let target { wanted.append((isAway ? folder : away, target)) } else if !isAway { count += 1 }
        }
        for (from, to) in wanted {
            // A process that was killed between its claim and its note leaves a folder of which nobody knows whose it is.
            if FileManager.default.fileExists(atPath: to) {
                let away = unusedPath("\(places[1])/\(URL(fileURLWithPath: to).lastPathComponent)")
                if rename(to, away) != 0 { throw FileError("move", to) }
            }
            if rename(from, to) != 0 { throw FileError("move", from) }
        }
        rmdir(places[1])
        return count
    }

    /// Runs something that no other process may do at the same time, such as reading all trials and writing the tables.
    package func alone<Result>(_ body: () throws -> Result) throws -> Result {
        let lock = try openLock("\(path)/trials")
        lock.waitForExclusive()
        return try withExtendedLifetime(lock, body)
    }

    /// The path, with a number behind it where something has it already: a trial's folder is found by its note.
    private func unusedPath(_ path: String) -> String {
        let numbered = (2...).lazy.map { "\(path)-\($0)" }
        let isFree = { !FileManager.default.fileExists(atPath: $0) }
        return isFree(path) ? path : numbered.first(where: isFree) ?? path
    }

    private func subfolders(of folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}

/// Why a folder cannot be used as a sweep directory.
package enum SweepDirectoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The folder holds something else.
    case foreign(String)
    /// Another process runs another sweep in it.
    case inUse(String)
    /// It is prepared for another plan.
    case otherPlan(String)
    case cannotMake(String, reason: String)

    /// One line: folder, reason, remedy.
    package var description: String {
        switch self {
        case .foreign(let path):
            "\(path): this folder exists and is not a sweep directory; choose another --out"
        case .inUse(let path):
            "\(path): another sweep is running in this folder; wait for it, or choose another --out"
        case .otherPlan(let path):
            "\(path): this folder is prepared for other trials than those of this config, which may have changed since; "
                + "submit the sweep again, or run it without --join"
        case .cannotMake(let path, let reason):
            "\(path): the folder cannot be made: \(reason); choose another --out"
        }
    }
}
