import TestSupport
import Testing

@testable import Datasets
@testable import Exchange

/// Mutated files of other programs: read or refused, and never more than that.
@Suite struct ReaderMutationTests {
    @Test func `no mutated HDF5 file is more than read or refused`() throws {
        let names = [
            "keras.weights", "legacy", "words", "committed", "dense", "external", "soft", "unwritten", "old", "new",
        ]
        let files = try names.map { try HDF5ReadingTests.fixture("\($0).h5") } + [HDF5WritingTests.sample.bytes]
        let run = MutationRun("HDF5", of: files, repairing: HDF5Repairs(Lookup3.checksum).repair) { file in
            let group = try HDF5Group(parsing: file)
            // What was read can be written, unless it is too long, and is the same again.
            guard let bytes = try? group.bytes else { return }
            do {
                if try HDF5Group(parsing: bytes).bytes != bytes { throw MutationMistake("changes when it is written") }
            } catch let error as HDF5Error {
                throw MutationMistake("is written as a file that \(error)")
            }
        }
        #expect(run.complaints == [])
    }

    @Test func `no mutated safetensors file is more than read or refused`() {
        var file = Safetensors()
        file.metadata = [("format", "test"), ("note", "two \"words\"")]
        file.add("dense/kernel", shape: [2, 3], [1, -2, 0.5, .infinity, 0x1p-149, 3])
        file.add("step", [7, -1])
        file.add("none", shape: [0, 4], [Float]())
        file.add("one", shape: [], [Float(9)])
        file.add("rates", [0.1])
        let run = MutationRun("safetensors", of: [file.bytes, Safetensors().bytes]) { bytes in
            let file = try Safetensors(parsing: bytes)
            guard let again = try? Safetensors(parsing: file.bytes), again.bytes == file.bytes else {
                throw MutationMistake("changes when it is written")
            }
        }
        #expect(run.complaints == [])
    }

    @Test func `no mutated zip archive is more than read or refused`() throws {
        var zip = ZipWriter()
        let names = ["config.json", "metadata.json", "model.weights.h5"]
        for name in names { try zip.add(name, Array("content of \(name)".utf8)) }
        let run = MutationRun("zip", of: [zip.finish()], repairing: repairZip) { bytes in
            let archive = try ZipArchive(bytes)
            for name in names {
                let content = try archive.member(name, limit: 1 << 20)
                if content.count > 1 << 20 { throw MutationMistake("\(name) is beyond its limit") }
            }
        }
        #expect(run.complaints == [])
    }
}
