import Foundation
import Synchronization
import Testing

@testable import Experiments

@Suite struct ClaimTests {
    /// A process of a machine of its own, which cannot be looked into.
    static func stranger(_ number: Int = 1) -> Claimant {
        Claimant(host: "elsewhere", process: number, began: "1", machine: "another \(number)", job: "12_\(number)")
    }

    /// A process of this machine that has ended: this one, as it would have been if it had begun earlier.
    private static let dead = Claimant(
        host: Claimant.current.host, process: Claimant.current.process, began: "0", machine: Claimant.current.machine)

    private static func write(_ text: String, to folder: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: SavedClaim.path(1, in: folder)))
    }

    private static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test func `of many that claim a trial at the same moment one gets it`() throws {
        for _ in 0..<20 {
            let folder = try TemporaryFolder()
            let path = folder.path
            let winners = Mutex<[Claim]>([])
            DispatchQueue.concurrentPerform(iterations: 16) { number in
                guard let claim = try? Claims(claimant: Self.stranger(number)).take(path) else { return }
                winners.withLock { $0.append(claim) }
            }
            let claims = winners.withLock { $0 }
            #expect(claims.count == 1 && claims.first?.isHeld == true)
            claims.first?.release()
            withExtendedLifetime(folder) {}
        }
    }

    @Test func `of many that find a dead claim one takes it over`() throws {
        for _ in 0..<10 {
            let folder = try TemporaryFolder()
            let path = folder.path
            try Self.write(#"{ "host": "a", "process": 1, "began": "1", "machine": "m", "lease": 0.02 }"#, to: path)
            let others = (0..<16).map { Claims(claimant: Self.stranger($0)) }
            for claims in others { #expect(try claims.take(path) == nil) }
            Thread.sleep(forTimeInterval: 0.03)
            let winners = Mutex<[Claim]>([])
            DispatchQueue.concurrentPerform(iterations: 16) { number in
                guard let claim = try? others[number].take(path) else { return }
                winners.withLock { $0.append(claim) }
            }
            let claims = winners.withLock { $0 }
            #expect(claims.count == 1 && claims.first?.renew() == true)
            for claim in claims { claim.releaseAll() }
            withExtendedLifetime(folder) {}
        }
    }

    @Test func `what a dead process of this machine had is free at once, with the next number`() throws {
        let folder = try TemporaryFolder()
        let old = try #require(try Claims(claimant: Self.dead).take(folder.path))
        let claim = try #require(try Claims().take(folder.path))
        #expect(try Self.names(in: folder.path) == ["claim-1.json", "claim-2.json"])
        #expect(!old.renew() && claim.renew())
        old.release()
        claim.release()
        // The number that is free again is that of the living, so that nobody else can hold it.
        #expect(try Self.names(in: folder.path) == ["claim-1.json"])
        try #require(try Claims().take(folder.path)).releaseAll()
        #expect(try Self.names(in: folder.path).isEmpty)
    }

    @Test func `what a living process of this machine has is not free, however silent it is`() throws {
        let folder = try TemporaryFolder()
        let claim = try #require(try Claims().take(folder.path))
        let others = Claims(
            claimant: Claimant(host: Claimant.current.host, process: 1, began: "1", machine: Claimant.current.machine),
            lease: 0.01)
        usleep(30_000)
        #expect(try others.take(folder.path) == nil)
        #expect(others.isAlive(in: folder.path))
        claim.release()
    }

    @Test func `a silent process of another machine is dead after its own lease, from the first look on`() throws {
        let folder = try TemporaryFolder()
        let path = SavedClaim.path(1, in: folder.path)
        func write(lease: Double) throws {
            try Self.write(
                #"{ "host": "a", "process": 1, "began": "1", "machine": "m", "lease": \#(lease) }"#, to: folder.path)
        }
        try write(lease: 1000)
        // Its file may be as old as it likes: clocks of different machines are not compared.
        var times = [timeval(tv_sec: 1000, tv_usec: 0), timeval(tv_sec: 1000, tv_usec: 0)]
        utimes(path, &times)
        let claims = Claims(lease: 1000)
        #expect(try claims.take(folder.path) == nil && !claims.isAlive(in: folder.path))
        #expect(try claims.take(folder.path) == nil)
        // A sign of life.
        utimes(path, nil)
        #expect(try claims.take(folder.path) == nil && claims.isAlive(in: folder.path))
        // Its lease counts from the first look at what the file says now.
        try write(lease: 0.2)
        _ = try claims.take(folder.path)
        Thread.sleep(forTimeInterval: 0.3)
        let claim = try #require(try claims.take(folder.path))
        #expect(SavedClaim(in: folder.path)?.claimant == .current)
        claim.releaseAll()
    }

    @Test func `a process that holds a claim gives signs of life`() throws {
        let folder = try TemporaryFolder()
        let holder = try #require(try Claims(claimant: Self.stranger(), lease: 1.5).take(folder.path))
        let claims = Claims()
        for _ in 0..<20 {
            #expect(try claims.take(folder.path) == nil)
            Thread.sleep(forTimeInterval: 0.15)
        }
        #expect(claims.isAlive(in: folder.path) && holder.isHeld)
        holder.release()
        try #require(try claims.take(folder.path)).release()
    }

    @Test func `a process that cannot give a sign of life gives up before others may take over`() throws {
        let folder = try TemporaryFolder()
        let claim = try #require(try Claims(lease: 100).take(folder.path))
        let now = ContinuousClock().now
        #expect(claim.isHeld(at: now + .seconds(49)) && !claim.isHeld(at: now + .seconds(51)))
        claim.release()
    }

    @Test func `a claim whose file is gone or followed by another is lost`() throws {
        for change in ["gone", "followed", "replaced"] {
            let folder = try TemporaryFolder()
            let claim = try #require(try Claims().take(folder.path))
            let path = SavedClaim.path(1, in: folder.path)
            switch change {
            case "gone": try FileManager.default.removeItem(atPath: path)
            case "followed": try Data().write(to: URL(fileURLWithPath: SavedClaim.path(2, in: folder.path)))
            default: try Data().write(to: URL(fileURLWithPath: path), options: .atomic)
            }
            #expect(!claim.renew(), "\(change)")
            claim.releaseAll()
            let isLeft = change != "gone"
            #expect(try Self.names(in: folder.path).isEmpty != isLeft, "\(change)")
        }
    }

    @Test(arguments: ["", "{", "[]", #"{ "lease": -1 }"#, #"{ "lease": 1e999 }"#, #"{ "lease": "x", "host": 3 }"#])
    func `a claim that cannot be read counts as one that is being written`(text: String) throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: URL(fileURLWithPath: SavedClaim.path(3, in: folder.path)))
        let claim = try #require(SavedClaim(in: folder.path))
        #expect(claim.claimant == nil && claim.lease == SavedClaim.usualLease && claim.number == 3)
        #expect(try Claims().take(folder.path) == nil)
    }
}
