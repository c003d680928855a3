#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An advisory lock on a folder, or on a file that stands for one. It dies with its process, however that ends.
///
/// Some shared file systems have no such locks, or have some that other machines do not see. There the lock is always to be
/// had, so what several machines write to needs something besides.
package final class FolderLock {
    private let descriptor: Int32

    /// Nil where the folder cannot be opened; `errno` says why.
    package init?(folder path: String) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { return nil }
    }

    /// The same with a file of its own, which is made: network file systems lock nothing that is not open for writing. Nil where
    /// it cannot be made.
    package init?(file path: String) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Whether this process alone has the lock now.
    package func tryExclusive() -> Bool { lock(LOCK_EX | LOCK_NB) }

    /// Waits until it has the lock alone.
    package func waitForExclusive() { _ = lock(LOCK_EX) }

    /// Waits until it has the lock alone; false if it was told to give up before.
    package func waitForExclusive(unless isCancelled: () -> Bool) -> Bool {
        while !tryExclusive() {
            if isCancelled() { return false }
            usleep(50_000)
        }
        return true
    }

    /// Waits until nobody has the lock alone; from then on this process has a share in it.
    package func waitForShared() { _ = lock(LOCK_SH) }

    package func release() { _ = lock(LOCK_UN) }

    /// False where another process is in the way; any other refusal means that there are no locks here.
    private func lock(_ operation: Int32) -> Bool {
        while flock(descriptor, operation) != 0 {
            if errno == EWOULDBLOCK { return false }
            if errno != EINTR { break }
        }
        return true
    }
}
