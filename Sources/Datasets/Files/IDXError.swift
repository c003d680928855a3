/// What is wrong with an IDX file, and at which byte.
package struct IDXError: Error, Hashable, CustomStringConvertible {
    /// What a reader can find; the offset says where.
    package enum Fact: Hashable, Sendable {
        case gzip(InflateError)
        case notIDX
        case truncatedHeader
        case elementType(UInt8)
        case dimensionCount(Int)
        case impossible([Int])
        case claim([Int], bytes: Int, real: Int)
        case expansion(Int, compressed: Int)
    }

    package let fact: Fact

    /// The byte at which it was found: of the decompressed content, or of the file for what is wrong with a gzip.
    package let offset: Int

    /// One line without the file's name, which the reader does not know.
    package var description: String {
        if case .gzip(let error) = fact { return "\(error)" }
        return "byte \(offset): \(sentence)"
    }

    private var sentence: String {
        switch fact {
        case .gzip(let error): "\(error)"
        case .notIDX: "not an IDX file, which begins with two zero bytes"
        case .truncatedHeader: "the file ends within its header"
        case .elementType(let type): "element type 0x\(String(type, radix: 16)) instead of 0x8, unsigned bytes"
        case .dimensionCount(let count): "\(count) dimensions instead of 1 to 4"
        case .impossible(let sizes): "the header claims \(Self.product(sizes)) bytes, more than any data set has"
        case .expansion(let bytes, let compressed):
            "the header claims \(bytes) bytes, \(bytes / compressed) times those of the compressed file; no images shrink so far"
        case .claim(let sizes, let bytes, let real) where real < bytes:
            "the header claims \(Self.product(sizes)) = \(bytes) bytes, only \(max(real, 0)) can follow"
        case .claim(let sizes, let bytes, let real):
            "the header claims \(Self.product(sizes)) = \(bytes) bytes, \(real - bytes) more follow"
        }
    }

    private static func product(_ sizes: [Int]) -> String {
        sizes.map(String.init).joined(separator: " × ")
    }
}
