import Dispatch
import Machine
import Synchronization

/// The checksums of a data set, computed on a thread of their own: for MNIST that takes a quarter of a second, in which
/// training can begin.
package final class Fingerprints: Sendable {
    private let work = DispatchGroup()
    private let computed = Mutex<[DataFile: String]>([:])

    /// Begins to compute at once; where there is no thread left, nothing else happens meanwhile.
    package init(of parts: DataParts) {
        work.enter()
        let isBackground = BackgroundThread.start { [self] in compute(parts) }
        if !isBackground { compute(parts) }
    }

    private func compute(_ parts: DataParts) {
        let fingerprints = parts.fingerprints
        computed.withLock { $0 = fingerprints }
        work.leave()
    }

    /// SHA-256 of each decompressed file; waits until all are computed.
    package var values: [DataFile: String] {
        work.wait()
        return computed.withLock { $0 }
    }

    /// Whether `values` returns without waiting.
    package var areKnown: Bool { work.wait(timeout: .now()) == .success }
}
