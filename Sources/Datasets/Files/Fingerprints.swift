import Dispatch
import Machine
import Synchronization

/// The checksums of a data set, computed on a thread of their own once somebody wants them: for MNIST that takes a quarter of a
/// second, in which training can begin.
package final class Fingerprints: Sendable {
    private let parts: DataParts
    private let work = DispatchGroup()
    private let state = Mutex(State.unasked)

    private enum State {
        case unasked, begun
        case known([DataFile: String])
    }

    package init(of parts: DataParts) {
        self.parts = parts
    }

    /// Begins to compute, unless that was done before; where there is no thread left, nothing else happens meanwhile.
    package func begin() {
        let isFirst = state.withLock { state in
            guard case .unasked = state else { return false }
            state = .begun
            work.enter()
            return true
        }
        guard isFirst else { return }
        let isBackground = BackgroundThread.start { [self] in compute() }
        if !isBackground { compute() }
    }

    private func compute() {
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
