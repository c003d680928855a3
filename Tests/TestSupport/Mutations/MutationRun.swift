import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A reader that was given many bad files, and what became of them.
///
///     let run = MutationRun("safetensors", of: [sample]) { _ = try Safetensors(parsing: $0) }
///     #expect(run.complaints == [])
///
/// `MNIST_LAB_MUTATIONS` says how many files each reader is given, `MNIST_LAB_MUTATIONS_SEED` which, and
/// `MNIST_LAB_MUTATIONS_FROM` the first one's number, to see again what happened to a single one.
package struct MutationRun {
    private let reader: String
    private let seed: UInt64
    private var accepted = 0
    private var refused = 0
    private var slowest = (number: 0, seconds: 0.0)
    private var mistakes: [String] = []

    /// More processor time than any file may take, its size being small.
    private static let mostSeconds = 2.0
    private static let isLogging = setting("MNIST_LAB_MUTATIONS") != nil
    /// One reader at a time, so that a crash is told of the right one.
    private static let turn = Mutex(())

    /// Reads `count` files unless the environment says another number. What `read` throws refuses a file.
    package init(
        _ reader: String, of files: [[UInt8]], count: Int = 2000,
        repairing repair: (@Sendable (inout [UInt8]) -> Void)? = nil, _ read: ([UInt8]) throws -> Void
    ) {
        self.reader = reader
        seed = UInt64(Self.setting("MNIST_LAB_MUTATIONS_SEED") ?? 0)
        let mutations = Mutations(of: files, seed: seed, repairing: repair)
        let first = Self.setting("MNIST_LAB_MUTATIONS_FROM") ?? 0
        let count = Self.setting("MNIST_LAB_MUTATIONS") ?? count
        Self.turn.withLock { _ in
            CrashNote.begin("reader \(reader), seed \(seed)")
            let start = Self.processorTime()
            for number in first..<first + count { give(mutations.file(number), number, read) }
            CrashNote.end()
            if Self.isLogging { log(seconds: Self.processorTime() - start) }
        }
    }

    private mutating func give(_ file: [UInt8], _ number: Int, _ read: ([UInt8]) throws -> Void) {
        CrashNote.number = number
        let start = Self.processorTime()
        do {
            try read(file)
            accepted += 1
        } catch let mistake as MutationMistake {
            mistakes.append("\(reader): file \(number) of seed \(seed): \(mistake.text)")
        } catch {
            refused += 1
        }
        let seconds = Self.processorTime() - start
        if seconds > slowest.seconds { slowest = (number, seconds) }
    }

    /// What a test should not see; empty when all is well.
    package var complaints: [String] {
        var complaints = Array(mistakes.prefix(10))
        if slowest.seconds > Self.mostSeconds {
            complaints.append("\(reader): file \(slowest.number) of seed \(seed) took \(slowest.seconds) s")
        }
        // Files that are always refused at the door test nothing, and many that never are hardly more.
        let total = accepted + refused
        if total >= 400 && 200 * accepted < total || total >= 1000 && refused < 10 {
            complaints.append("\(reader): \(accepted) files were read, and \(refused) refused")
        }
        return complaints
    }

    /// A row of the table that Tests/Faults/mutate prints.
    private func log(seconds: Double) {
        let row: [Any] = [
            "mutations", reader, seed, accepted + refused, accepted, refused, slowest.number,
            Int(1e6 * slowest.seconds), Int(1e3 * seconds),
        ]
        print(row.map { "\($0)" }.joined(separator: "\t"))
    }

    private static func setting(_ variable: String) -> Int? { getenv(variable).flatMap { Int(String(cString: $0)) } }

    /// Of this thread, which other processes do not lengthen.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
}

/// Thrown by a test's reading when a file was neither read rightly nor refused.
package struct MutationMistake: Error {
    let text: String

    package init(_ text: String) { self.text = text }
}
