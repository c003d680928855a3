import Foundation

/// Lets one process at a time fetch into a folder. The system takes the lock back when its holder dies, however it dies.
struct FolderLock {
    private let descriptor: Int32

    /// Waits for the lock; nil when cancelled meanwhile.
    ///
    /// Where a file system knows no locks, fetching goes on without: files still appear whole, by renaming.
    init?(_ folder: String, isCancelled: () -> Bool) {
        descriptor = open("\(folder)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR {
            if isCancelled() {
                close(descriptor)
                return nil
            }
            usleep(50_000)
        }
    }

    func release() {
        close(descriptor)
    }
}
