import Foundation
import Testing

@testable import Datasets

/// Bad inputs through the readers. `MNIST_LAB_FUZZ=100000 swift test --sanitize=address --filter FuzzTests` is the long run;
/// `MNIST_LAB_FUZZ_SEED` picks other inputs.
@Suite struct FuzzTests {
    static let count = number("MNIST_LAB_FUZZ") ?? 4000
    static let seed = UInt64(number("MNIST_LAB_FUZZ_SEED") ?? 0)

    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
    }

    /// Plain files, every kind of gzip block and wrapper, an archive.
    private static var seeds: [[UInt8]] {
        let small = SmallSet(training: 2, test: 1)
        let images = small.plain[.trainingImages]!
        let labels = small.plain[.testLabels]!
        var wrapped = GzipWriter(labels)
        (wrapped.name, wrapped.comment, wrapped.extra, wrapped.hasHeaderChecksum) = (
            "labels", "of two", [1, 2, 3], true
        )
        let literals = images.map { DeflateWriter.Token.literal($0) }
        let runs = [.literal(0)] + [DeflateWriter.Token](repeating: .copy(length: 258, distance: 1), count: 200)
        var lengths = [Int](repeating: 9, count: 286)
        lengths.replaceSubrange(0..<226, with: repeatElement(8, count: 226))
        let distances = [Int](repeating: 5, count: 28) + [4, 4]
        let dynamic = DeflateWriter.dynamic(literals, literals: lengths, distances: distances)
        return [
            images, labels, wrapped.bytes, GzipWriter(images).bytes,
            GzipWriter(images, deflated: DeflateWriter.fixed(literals)).bytes,
            GzipWriter(images, deflated: dynamic).bytes,
            GzipWriter([UInt8](repeating: 0, count: 51_601), deflated: DeflateWriter.fixed(runs)).bytes,
            GzipWriter(Array(images.prefix(100))).bytes + GzipWriter(Array(images.dropFirst(100))).bytes,
            small.archive(isDeflated: true),
        ]
    }

    @Test func `no input crashes a reader, hangs it or takes unbounded memory`() {
        let mutator = Mutator(seeds: Self.seeds, seed: Self.seed)
        let memory = peakMemory()
        var slowest = Duration.zero
        var read = 0
        for number in 0..<Self.count {
            let input = mutator.input(number)
            slowest = max(slowest, ContinuousClock().measure { if feed(input) { read += 1 } })
        }
        #expect(slowest < .seconds(10))
        #expect(peakMemory() - memory < 600 << 20)
        // A fuzz that is always refused at the door, or never, tests nothing.
        #expect(read > Self.count / 100 && read < Self.count * 9 / 10)
        print("\(Self.count) inputs of seed \(Self.seed): \(read) were read, the slowest took \(slowest)")
    }

    /// Whether any reader found the input whole.
    private func feed(_ input: [UInt8]) -> Bool {
        let array = try? IDXArray(input)
        if let array { #expect(array.elements.count == array.dimensions.reduce(1, *)) }
        let content = try? Gzip.decompress(input.span.bytes, limit: 100_000)
        #expect((content?.count ?? 0) <= 100_000)
        let prefix = try? Gzip.prefix(of: input.span.bytes, count: 20)
        #expect((prefix?.count ?? 0) <= 20)
        let archived = (try? NumPyArchive(input)).flatMap { try? $0.array("x_train") }
        return array != nil || content != nil || archived != nil
    }
}
