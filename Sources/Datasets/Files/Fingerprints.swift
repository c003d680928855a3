import Dispatch
import Machine
import Synchronization

/// The checksums of a data set, computed on a thread of their own once somebody wants them: for MNIST that takes a quarter of a
/// second, in which training can begin.
package final class Fingerprints: Sendable {
    private let work = DispatchGroup()
    private let state: Mutex<State>

    /// The images are let go as soon as they are computed with: training may need only some of them.
    private enum State {
        case unasked(DataParts)
        case begun
        case known([DataFile: String])
    }

    package init(of parts: DataParts) {
        state = Mutex(.unasked(parts))
    }

    /// Begins to compute, unless that was done before; where there is no thread left, nothing else happens meanwhile.
    package func begin() {
        let parts: DataParts? = state.withLock { state in
            guard case .unasked(let parts) = state else { return nil }
            state = .begun
            work.enter()
            return parts
        }
        guard let parts else { return }
        let isBackground = BackgroundThread.start { [self] in compute(parts) }
        if !isBackground { compute(parts) }
    }

    private func compute(_ parts: DataParts) {
        let fingerprints = parts.fingerprints
        state.withLock { $0 = .known(fingerprints) }
        work.leave()
    }

    /// SHA-256 of each decompressed file; waits until all are computed.
    package var values: [DataFile: String] {
        begin()
        work.wait()
        return known ?? [:]
    }

    /// Whether `values` returns without waiting.
    package var areKnown: Bool { known != nil }

    private var known: [DataFile: String]? {
        state.withLock { state in
            guard case .known(let values) = state else { return nil }
            return values
        }
    }
}
