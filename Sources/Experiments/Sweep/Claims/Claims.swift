import Foundation
import Reporting
import Synchronization

/// Where a process gets its claims, and what it has seen of other processes'.
///
/// When does a claim's process count as dead?
///
/// - If it ran on this machine: when it is gone from the table of processes.
/// - If it runs elsewhere: when its file has not been touched for the whole lease, measured by this process's own clock from
///   its own first look. Clocks of different machines are never compared.
///
/// A process whose own signs of life do not get through gives up after half of the lease (see `Claim`).
package final class Claims: Sendable {
    let claimant: Claimant
    /// In seconds.
    let lease: Double
    private let clock = ContinuousClock()
    private let sightings = Mutex<[String: Sighting]>([:])

    /// What can be said of the process that has a trial.
    enum Finding: Sendable {
        case alive, dead
        /// Not seen for long enough yet.
        case unknown
    }

    private struct Sighting {
        var claim: SavedClaim
        var since: ContinuousClock.Instant
        /// Whether there has been a sign of life since the first look.
        var hasBeaten = false
    }

    package init(claimant: Claimant = .current, lease: Double = SavedClaim.usualLease) {
        self.claimant = claimant
        self.lease = lease
    }

    /// Claims a trial by its folder; nil while another process has it, or is faster.
    func take(_ folder: String) throws(FileError) -> Claim? {
        let last = SavedClaim(in: folder)
        if let last, finding(last, in: folder) != .dead { return nil }
        return try Claim(number: (last?.number ?? 0) + 1, in: folder, of: claimant, lease: lease)
    }

    /// Whether the process that has a trial is known to live.
    func isAlive(in folder: String) -> Bool {
        SavedClaim(in: folder).map { finding($0, in: folder) == .alive } ?? false
    }

    private func finding(_ claim: SavedClaim, in folder: String) -> Finding {
        // What this process has and does not know of is what it has given up.
        if claim.claimant == claimant { return .dead }
        if let isAlive = claim.claimant?.isAlive(seenBy: claimant) { return isAlive ? .alive : .dead }
        let now = clock.now
        return sightings.withLock { sightings in
            guard var sighting = sightings[folder], sighting.claim.number == claim.number else {
                sightings[folder] = Sighting(claim: claim, since: now)
                return .unknown
            }
            if sighting.claim != claim {
                sighting = Sighting(claim: claim, since: now, hasBeaten: true)
                sightings[folder] = sighting
            }
            if now - sighting.since > .seconds(claim.lease) { return .dead }
            return sighting.hasBeaten ? .alive : .unknown
        }
    }
}
