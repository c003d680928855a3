import Dispatch
import Synchronization

/// The checksums of a set, reckoned by a thread of their own: a quarter of a second for MNIST, in which others can begin
/// to train. Whoever asks for them waits.
package final class Fingerprints: Sendable {
    private let work = DispatchGroup()
    private let reckoned = Mutex<[DataFile: String]>([:])

    /// Begins at once.
    package init(of parts: DataParts) {
        DispatchQueue.global().async(group: work) { [self] in
            let fingerprints = parts.fingerprints
            reckoned.withLock { $0 = fingerprints }
        }
    }

    /// SHA-256 of each decompressed file.
    package var values: [DataFile: String] {
        work.wait()
        return reckoned.withLock { $0 }
    }

    /// Whether asking for them takes no time any more.
    package var areKnown: Bool { work.wait(timeout: .now()) == .success }
}
