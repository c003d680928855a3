import TestSupport
import Testing

@testable import Datasets

/// Mutated data files: read or refused, and never more than that.
@Suite struct DataMutationTests {
    private static let small = SmallSet(training: 2, test: 1)
    private static let images = small.plain[.trainingImages]!
    private static let labels = small.plain[.testLabels]!

    /// Every kind of block and wrapper.
    private static var compressed: [[UInt8]] {
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
            wrapped.bytes, GzipWriter(images).bytes,
            GzipWriter(images, deflated: DeflateWriter.fixed(literals)).bytes,
            GzipWriter(images, deflated: dynamic).bytes,
            GzipWriter([UInt8](repeating: 0, count: 51_601), deflated: DeflateWriter.fixed(runs)).bytes,
            GzipWriter(Array(images.prefix(100))).bytes + GzipWriter(Array(images.dropFirst(100))).bytes,
        ]
    }

    private static func readIDXFiles() -> MutationRun {
        MutationRun("IDX", of: [images, labels] + compressed, count: 4000) { file in
            let array = try IDXArray(file)
            if array.elements.count != array.dimensions.reduce(1, *) {
                throw MutationMistake("has \(array.elements.count) elements in the shape \(array.dimensions)")
            }
        }
    }

    private static func readNumPyArchives() -> MutationRun {
        MutationRun("npz", of: [true, false].map { small.archive(isDeflated: $0) }, repairing: repairZip) { file in
            let archive = try NumPyArchive(file)
            for name in ["x_train", "y_train", "x_test", "y_test"] {
                let array = try archive.array(name)
                if array.elements.count != array.dimensions.reduce(1, *) {
                    throw MutationMistake("\(name) has \(array.elements.count) elements in \(array.dimensions)")
                }
            }
        }
    }

    @Test func `no mutated IDX file, plain or compressed, is more than read or refused`() {
        #expect(Self.readIDXFiles().complaints == [])
    }

    @Test func `no mutated NumPy archive is more than read or refused`() {
        #expect(Self.readNumPyArchives().complaints == [])
    }

    @Test func `reading mutated files takes no more memory than a data set does`() async {
        // In a process of its own, where no other test takes any.
        await #expect(processExitsWith: .success) {
            let memory = peakMemory()
            _ = (DataMutationTests.readIDXFiles(), DataMutationTests.readNumPyArchives())
            #expect(peakMemory() - memory < 600 << 20)
        }
    }

    @Test func `no mutated gzip file gives more bytes than were asked for`() {
        let run = MutationRun("gzip", of: Self.compressed) { file in
            let prefix = try? Gzip.prefix(of: file.span.bytes, count: 20)
            if let prefix, prefix.count > 20 { throw MutationMistake("has a beginning of \(prefix.count) bytes") }
            let content = try Gzip.decompress(file.span.bytes, limit: 100_000)
            if content.count > 100_000 { throw MutationMistake("has \(content.count) bytes") }
        }
        #expect(run.complaints == [])
    }
}
