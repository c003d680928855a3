import Foundation
import Reporting

/// An advisory lock on a folder. It dies with its process, however that ends.
///
/// Some shared file systems have no such locks, or have some that other machines do not see. There the lock is always to be
/// had, so what several machines write to needs a `Claim` besides.
final class FolderLock {
    private let descriptor: Int32

    init(_ path: String) throws(FileError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open folder", path) }
    }

    deinit { close(descriptor) }

    /// Whether this process alone has the lock now.
    func tryExclusive() -> Bool { lock(LOCK_EX | LOCK_NB) }

    /// Waits until it has the lock alone.
    func waitForExclusive() { _ = lock(LOCK_EX) }

    /// Waits until nobody has the lock alone; from then on this process has a share in it.
    func waitForShared() { _ = lock(LOCK_SH) }

    func release() { _ = lock(LOCK_UN) }

    /// False where another process is in the way; any other refusal means that there are no locks here.
    private func lock(_ operation: Int32) -> Bool {
        while flock(descriptor, operation) != 0 {
            if errno == EWOULDBLOCK { return false }
            if errno != EINTR { break }
        }
        return true
    }
}
