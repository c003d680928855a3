import Exchange
import Experiments
import Foundation
import Layers
import Reporting
import Schema
import Tensors
import Testing

@Suite struct SafetensorsTests {
    static let sample: Safetensors = {
        var file = Safetensors()
        file.metadata = [("format", "test"), ("note", "two \"words\"")]
        file.add("dense/kernel", shape: [2, 3], [1, -2, 0.5, .infinity, 0x1p-149, 3])
        file.add("step", [7, -1])
        file.add("none", shape: [0, 4], [Float]())
        file.add("one", shape: [], [Float(9)])
        file.add("rates", [0.1])
        return file
    }()

    @Test func `what was written reads the same again, in the order of the data`() throws {
        let read = try Safetensors(parsing: Self.sample.bytes)
        #expect(read.tensors.map(\.name) == ["step", "rates", "dense/kernel", "none", "one"])
        #expect(read["dense/kernel"]?.floats == [1, -2, 0.5, .infinity, 0x1p-149, 3])
        #expect(read["dense/kernel"]?.shape == [2, 3])
        #expect(read["step"]?.integers == [7, -1])
        #expect(read["rates"]?.doubles == [0.1])
        #expect(read["one"]?.floats == [9])
        #expect(read["step"]?.floats == nil)
        #expect(read.word("note") == "two \"words\"")
        #expect(read.bytes == Self.sample.bytes)
    }

    @Test func `data begin at a multiple of eight, whatever the header says`() throws {
        for length in 0..<9 {
            var file = Self.sample
            file.metadata = [("x", String(repeating: "x", count: length))]
            #expect(file.bytes.prefix(8).first.map { $0 % 8 } == 0)
        }
    }

    /// A file of a header and so many bytes of data.
    static func file(_ header: String, _ count: Int, length: Int? = nil) -> [UInt8] {
        let length = UInt64(bitPattern: Int64(length ?? header.utf8.count))
        var bytes: [UInt8] = []
        for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(8 * shift))) }
        return bytes + Array(header.utf8) + [UInt8](repeating: 1, count: count)
    }

    /// A header, the bytes after it, what the first eight bytes say, and what is said of it all.
    struct Bad: Sendable {
        let header: String
        var count = 0
        var length: Int?
        let message: String
    }

    static let one = #""dtype":"F32","shape":[1],"data_offsets""#
    static let bad: [Bad] = [
        Bad(header: "{}", length: 3, message: "is cut off: 11 bytes are announced, 10 are there"),
        Bad(header: "{}", length: 1 << 40, message: "is no safetensors file"),
        Bad(header: "{}", length: -1, message: "is no safetensors file"),
        Bad(header: "", message: "has a header that cannot be read: the text is empty"),
        Bad(header: "[]", message: "has a header that cannot be read: it is no object"),
        Bad(header: "{", message: "has a header that cannot be read: the text ends within an object"),
        Bad(header: #"{"a":1,"a":2}"#, message: "has a header that cannot be read: the key \"a\" is already given"),
        Bad(header: "{}", count: 5, message: "has 5 bytes at its end that belong to no tensor"),
        Bad(header: #"{"__metadata__":3}"#, message: "has a header that cannot be read: __metadata__ is no object"),
        Bad(
            header: #"{"__metadata__":{"n":3}}"#,
            message: "has a header that cannot be read: \"n\" in __metadata__ is no string"),
        Bad(header: #"{"a":{}}"#, message: "tensor \"a\" has no dtype"),
        Bad(
            header: #"{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}"#, count: 2,
            message: "tensor \"a\" has dtype \"BF16\"; F32, F64, I32, I64 can be read"),
        Bad(
            header: #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, count: 4,
            message: "tensor \"a\" has no shape or no data_offsets"),
        Bad(
            header: #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, count: 4,
            message: "tensor \"a\" has no shape or no data_offsets"),
        Bad(header: "{\"a\":{\(one):[4,0]}}", count: 4, message: "tensor \"a\" has no shape or no data_offsets"),
        Bad(header: "{\"a\":{\(one):[0,4,8]}}", count: 8, message: "tensor \"a\" has no shape or no data_offsets"),
        Bad(
            header: #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, count: 4,
            message: "tensor \"a\" has an impossible shape"),
        Bad(header: "{\"a\":{\(one):[0,8]}}", count: 8, message: "tensor \"a\" has 8 bytes, and its shape needs 4"),
        Bad(header: "{\"a\":{\(one):[0,4]}}", count: 3, message: "tensor \"a\" lies outside of the file"),
        Bad(
            header: "{\"a\":{\(one):[4,8]}}", count: 8,
            message: "tensor \"a\" begins at byte 4 of the data, and 0 is the next"),
        Bad(
            header: "{\"a\":{\(one):[0,4]},\"b\":{\(one):[0,4]}}", count: 4,
            message: "tensor \"b\" begins at byte 0 of the data, and 4 is the next"),
    ]

    @Test func `a file without a whole length is cut off`() {
        #expect(throws: SafetensorsError.truncated(needed: 8, present: 7)) {
            try Safetensors(parsing: Array(Self.file("", 0).dropLast()))
        }
    }

    @Test(arguments: bad)
    func `a file that contradicts itself is refused`(bad: Bad) {
        let bytes = Self.file(bad.header, bad.count, length: bad.length)
        let error = #expect(throws: SafetensorsError.self) { try Safetensors(parsing: bytes) }
        #expect(error.map { "\($0)".hasPrefix(bad.message) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func `a sealed file is the same but for its seal`() throws {
        #expect(try Safetensors(parsingSealed: Self.sample.sealedBytes).bytes == Self.sample.bytes)
        #expect(throws: SafetensorsError.seal) { try Safetensors(parsingSealed: Self.sample.bytes) }
    }

    @Test func `no flipped bit of a sealed file goes unnoticed`() throws {
        let sealed = Self.sample.sealedBytes
        for bit in 0..<8 * sealed.count {
            var bytes = sealed
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: SafetensorsError.self, "bit \(bit)") { try Safetensors(parsingSealed: bytes) }
        }
        for count in 0..<sealed.count {
            #expect(throws: SafetensorsError.self) { try Safetensors(parsingSealed: Array(sealed.prefix(count))) }
        }
    }

    @Test func `mutated files are refused or read, and never more than that`() {
        let random = RandomSource(seed: 1, purpose: "mutations")
        let original = Self.sample.bytes
        var refused = 0
        for round in 0..<4000 {
            var bytes = original
            for change in 0..<random.integer(below: 4, at: 10 * round) + 1 {
                let at = random.integer(below: bytes.count, at: 10 * round + change + 4)
                switch random.integer(below: 4, at: 10 * round + change + 1) {
                case 0: bytes[at] = UInt8(truncatingIfNeeded: random.bits(at: 7 * round + change))
                case 1: bytes.remove(at: at)
                case 2: bytes.insert(bytes[at], at: at)
                default: bytes.swapAt(at, bytes.count - 1 - at)
                }
            }
            do { _ = try Safetensors(parsing: bytes) } catch { refused += 1 }
        }
        #expect(refused > 2000)
    }

    @Test(arguments: [
        ("dense/bias", "dense/bais", [3], "has no tensor \"dense/bias\"; the nearest is \"dense/bais\""),
        ("dense/bias", "dense/bias", [1, 3], "\"dense/bias\" has shape (1, 3), and the model's is (3,)"),
    ])
    func `weights of another model are refused and change nothing`(
        name: String, other: String, shape: [Int], message: String
    ) throws {
        let layers = try Format<[PlacedLayer]>.list(of: .placedLayer).value(from: [["type": "Dense", "units": 3]])
        let network = try Network(layers, input: Shape(2), loss: SparseCategoricalCrossentropy())
        network.parameters.initialize(seed: 1)
        let before = network.weights
        var file = Safetensors()
        file.add("dense/kernel", shape: [2, 3], [1, 2, 3, 4, 5, 6])
        file.add(other, shape: shape, [1, 2, 3])
        let folder = FileManager.default.temporaryDirectory.path
        let path = "\(folder)/weights-\(UInt64.random(in: 0 ... .max)).safetensors"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try AtomicFile.write(file.bytes, to: path)
        #expect { try network.loadWeights(from: path) } throws: { "\($0)".contains(message) }
        #expect(network.weights == before)
    }
}
