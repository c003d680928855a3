import Foundation
import Reporting
import Schema

/// A claim on a trial as any process can read it: `claim-1.json` in the trial's folder.
///
/// Claims are numbered, and the last one counts. A process that takes over from a dead one creates the next number, which
/// only one can, so it does not matter how many find the dead one at the same time.
package struct SavedClaim: Sendable, Equatable {
    let number: Int
    /// Nil where it cannot be read, or is being written on a file system on which files have one name only.
    package let claimant: Claimant?
    /// After so many seconds without a sign of life, its process counts as dead.
    package let lease: Double
    /// Changes with every sign of life.
    let beat: Beat

    /// When the file was last touched, by the clock of whoever keeps the file.
    struct Beat: Sendable, Equatable {
        let inode: UInt64
        let seconds, nanoseconds: Int
    }

    /// The lease of processes that are told nothing else, in seconds.
    package static let usualLease = 120.0

    /// The claim that counts; nil where nobody has claimed the trial.
    package init?(in folder: String) {
        guard let number = Self.numbers(in: folder).max() else { return nil }
        let path = Self.path(number, in: folder)
        // A network file system answers with what is true now only when the file is opened.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        beat = Beat(
            inode: UInt64(status.st_ino), seconds: status.modification.tv_sec, nanoseconds: status.modification.tv_nsec)
        let json = (try? readFile(path, atMost: 1 << 16)).flatMap { try? JSON(parsing: $0) }
        self.number = number
        claimant = json.flatMap(Claimant.init)
        let lease = json?["lease"].flatMap { try? Double(from: $0) } ?? Self.usualLease
        self.lease = lease.isFinite && lease > 0 ? lease : Self.usualLease
    }

    /// For how many seconds there has been no sign of life, if that clock and the file's agree.
    package func silence(at now: Double = Date().timeIntervalSince1970) -> Double {
        max(0, now - Double(beat.seconds) - Double(beat.nanoseconds) / 1e9)
    }

    /// Whether its process counts as alive at a first look; a process of another machine by its last sign of life alone.
    func isAlive(at now: Double = Date().timeIntervalSince1970) -> Bool {
        claimant?.isAlive() ?? (silence(at: now) <= lease)
    }

    static func path(_ number: Int, in folder: String) -> String { "\(folder)/claim-\(number).json" }

    static func numbers(in folder: String) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix("claim-"), name.hasSuffix(".json") else { return nil }
            return Int(name.dropFirst(6).dropLast(5))
        }
    }
}
