import Datasets
import Testing

@Suite struct IDXTests {
    private static let array = IDXArray(dimensions: [2, 3, 2], elements: Array(1...12))
    private static let file = array.header + array.elements

    @Test func `a header is written as MNIST's are`() {
        let header = IDXArray(dimensions: [60_000], elements: [UInt8](repeating: 0, count: 60_000)).header
        #expect(header == [0, 0, 8, 1, 0, 0, 0xEA, 0x60])
    }

    @Test func `what was written is read, plain and compressed`() throws {
        #expect(try IDXArray(Self.file) == Self.array)
        #expect(try IDXArray(GzipWriter(Self.file).bytes) == Self.array)
    }

    @Test func `an array may be empty`() throws {
        #expect(try IDXArray([0, 0, 8, 1, 0, 0, 0, 0]).elements.isEmpty)
    }

    @Test(arguments: [false, true])
    func `each mistake is a line that says where`(isCompressed: Bool) {
        let head: [UInt8] = [0, 0, 8]
        let huge = head + [4] + [UInt8](repeating: 0xFF, count: 16)
        let cases: [([UInt8], String)] = [
            ([], "byte 0: the file ends within its header"),
            ([0, 0, 8], "byte 3: the file ends within its header"),
            (head + [2, 0, 0, 0, 1], "byte 8: the file ends within its header"),
            ([1, 2, 3, 4], "byte 0: not an IDX file, which begins with two zero bytes"),
            ([0, 0, 0xD, 1], "byte 2: element type 0xd instead of 0x8, unsigned bytes"),
            (head + [0], "byte 3: 0 dimensions instead of 1 to 4"),
            (head + [5], "byte 3: 5 dimensions instead of 1 to 4"),
            (
                huge,
                "byte 4: the header claims 4294967295 × 4294967295 × 4294967295 × 4294967295 bytes, more than any data set has"
            ),
            (
                Array(Self.file.dropLast()),
                "byte 27: the header claims 2 × 3 × 2 = 12 bytes, only 11 can follow"
            ),
        ]
        for (bytes, expected) in cases {
            #expect(message(isCompressed ? GzipWriter(bytes).bytes : bytes) == expected)
        }
    }

    @Test func `bytes beyond the header's claim are an error`() {
        let long = Self.file + [0, 0]
        #expect(message(long) == "byte 28: the header claims 2 × 3 × 2 = 12 bytes, 2 more follow")
        #expect(message(GzipWriter(long).bytes)?.contains("the data expands beyond 28 bytes") == true)
    }

    @Test func `a compressed file may not claim more than it holds`() {
        let claim: [UInt8] = [0, 0, 8, 3] + bigEndian(60_000) + bigEndian(28) + bigEndian(28) + [1, 2, 3, 4, 5]
        let expected = "byte 21: the header claims 60000 × 28 × 28 = 47040000 bytes, only 5 can follow"
        #expect(message(GzipWriter(claim).bytes) == expected)
    }

    @Test(arguments: [1 << 20, 100 << 20, 400 << 20])
    func `a small file that claims to hold very much is refused before it is given memory`(claimed: Int) {
        let file = GzipWriter([0, 0, 8, 1] + bigEndian(claimed)).bytes
        let expected = claimed > 1 << 26 ? "no images shrink so far" : "only 0 can follow"
        #expect(message(file)?.contains(expected) == true)
    }

    private func message(_ bytes: [UInt8]) -> String? {
        do {
            _ = try IDXArray(bytes)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
