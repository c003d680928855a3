import Dispatch
import Synchronization

/// The checksums of a data set, computed on a thread of their own: for MNIST that takes a quarter of a second, in which
/// training can begin.
package final class Fingerprints: Sendable {
    private let work = DispatchGroup()
    private let computed = Mutex<[DataFile: String]>([:])

    /// Begins to compute at once.
    package init(of parts: DataParts) {
        DispatchQueue.global().async(group: work) { [self] in
            let fingerprints = parts.fingerprints
            computed.withLock { $0 = fingerprints }
        }
    }

    /// SHA-256 of each decompressed file; waits until all are computed.
    package var values: [DataFile: String] {
        work.wait()
        return computed.withLock { $0 }
    }

    /// Whether `values` returns without waiting.
    package var areKnown: Bool { work.wait(timeout: .now()) == .success }
}
