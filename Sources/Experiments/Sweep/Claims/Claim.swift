import Dispatch
import Foundation
import Machine
import Reporting
import Schema
import Synchronization

/// The right of this process to train a trial, in a file that only one process can create and that it touches as a sign of
/// life. It relies on no lock, so it holds on network file systems too.
final class Claim: Sendable {
    private let folder: String
    private let number: Int
    private let inode: UInt64
    private let lease: Double
    private let clock = ContinuousClock()
    /// When the last sign of life that got through was begun.
    private let renewed: Mutex<ContinuousClock.Instant>
    private let isOver = Atomic(false)
    private let bell = DispatchSemaphore(value: 0)

    /// Nil if another process has created the file first.
    init?(number: Int, in folder: String, of claimant: Claimant, lease: Double) throws(FileError) {
        let path = SavedClaim.path(number, in: folder)
        let now = clock.now
        var json = claimant.json
        json["lease"] = JSON(lease)
        guard let inode = try AtomicFile.create(Array(json.pretty.utf8), at: path) else { return nil }
        self.folder = folder
        self.number = number
        self.lease = lease
        self.inode = inode
        renewed = Mutex(now)
        let hasBegun = BackgroundThread.start { [self] in
            while bell.wait(timeout: .now() + lease / 12) == .timedOut { renew() }
        }
        guard hasBegun else {
            unlink(path)
            throw FileError("renew", path, code: EAGAIN)
        }
    }

    /// False once this process has to leave the trial to others: after half of the lease without a sign of life that got
    /// through. Others wait for the whole lease.
    var isHeld: Bool { isHeld(at: clock.now) }

    func isHeld(at now: ContinuousClock.Instant) -> Bool {
        !isOver.load(ordering: .relaxed) && renewed.withLock { now - $0 } < .seconds(lease / 2)
    }

    /// Gives a sign of life, or finds that the claim is another's now.
    @discardableResult
    func renew() -> Bool {
        guard isHeld else { return false }
        let path = SavedClaim.path(number, in: folder)
        let now = clock.now
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere ? UInt64(status.st_ino) != inode : errno == ENOENT { isOver.store(true, ordering: .relaxed) }
        if SavedClaim.numbers(in: folder).contains(where: { $0 > number }) { isOver.store(true, ordering: .relaxed) }
        if isThere, isHeld, utimensat(AT_FDCWD, path, nil, 0) == 0 { renewed.withLock { $0 = now } }
        return isHeld
    }

    /// Leaves the trial to whoever wants it. Claims of dead processes before it stay, so that the next number stays the next.
    func release() {
        bell.signal()
        if isHeld { unlink(SavedClaim.path(number, in: folder)) }
        isOver.store(true, ordering: .relaxed)
    }

    /// Removes every claim on a trial that is finished.
    func releaseAll() {
        bell.signal()
        if isHeld {
            for number in SavedClaim.numbers(in: folder) { unlink(SavedClaim.path(number, in: folder)) }
        }
        isOver.store(true, ordering: .relaxed)
    }
}

/// Another process has taken over a trial from this one, which was out of reach for too long.
struct ClaimLost: Error {}
