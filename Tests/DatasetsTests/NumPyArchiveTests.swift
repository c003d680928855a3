import Testing

@testable import Datasets

@Suite struct NumPyArchiveTests {
    @Test(arguments: [false, true])
    func `Keras's archive gives the same set as the four files`(isDeflated: Bool) throws {
        let small = SmallSet()
        let folder = try TemporaryFolder()
        let path = try folder.write(small.archive(isDeflated: isDeflated), to: "small.npz")
        let parts = try DataParts(name: "small", archive: path, classNames: nil, origin: path)
        #expect(parts.fingerprints == small.parts.fingerprints)
    }

    @Test func `each mistake is told`() {
        let elements: [UInt8] = [1, 2, 3, 4, 5, 6]
        let cases: [([UInt8], String)] = [
            (NumPyWriter.array(elements, shape: "2, 4"), "x claims the shape [2, 4], but holds 6 bytes"),
            (NumPyWriter.array(elements, shape: "-2, -3"), "x claims the shape [-2, -3], but holds 6 bytes"),
            (NumPyWriter.array(elements, shape: "9999999999, 9999999999"), "x claims the shape"),
            (NumPyWriter.array(elements, shape: ""), "x claims the shape [], but holds 6 bytes"),
            (NumPyWriter.array(elements, shape: "6,", type: "<f4"), "x holds elements of type <f4"),
            (NumPyWriter.array(elements, shape: "6,", isFortran: true), "x holds columns first"),
            (elements + elements, "x is not a NumPy array"),
            ([0x93] + Array("NUMPY".utf8) + [1, 0, 255, 255, 1, 2], "x is not a NumPy array"),
        ]
        for (content, expected) in cases {
            var writer = NumPyWriter()
            writer.add("x", content)
            #expect(message(writer.bytes)?.contains(expected) == true, "\(message(writer.bytes) ?? "")")
        }
        #expect(message([]) == "byte 0: not a zip archive")
        #expect(message([UInt8](repeating: 0x50, count: 100)) == "byte 0: not a zip archive")
        #expect(message(NumPyWriter().bytes)?.contains("the archive holds no x.npy") == true)
    }

    @Test func `of two members of one name the last counts, as for Python`() throws {
        var writer = NumPyWriter()
        for elements in [[1, 2, 3], [4, 5]] as [[UInt8]] {
            writer.add("x", NumPyWriter.array(elements, shape: "\(elements.count),"))
        }
        #expect(try NumPyArchive(writer.bytes).array("x").elements == [4, 5])
    }

    @Test func `an archive cut off or changed anywhere is an error or the same array`() {
        var writer = NumPyWriter()
        writer.add("x", NumPyWriter.array(Array(0..<40), shape: "40,"), isDeflated: true)
        let bytes = writer.bytes
        for count in 0..<bytes.count { #expect(message(Array(bytes[..<count])) != nil) }
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << UInt8(bit)
                let array = try? NumPyArchive(changed).array("x")
                #expect(array == nil || array?.elements == Array(0..<40))
            }
        }
    }

    private func message(_ bytes: [UInt8]) -> String? {
        do {
            _ = try NumPyArchive(bytes).array("x")
            return nil
        } catch {
            return "\(error)"
        }
    }
}
