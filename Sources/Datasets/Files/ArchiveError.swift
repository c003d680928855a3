/// What is wrong with a NumPy archive (`mnist.npz`), and at which byte.
package struct ArchiveError: Error, Hashable, CustomStringConvertible {
    /// What a reader can find; the offset says where.
    package enum Fact: Hashable, Sendable {
        case notZip
        case truncated
        case unsupported(String)
        case noMember(String)
        case member(String, InflateError)
        case memberChecksum(String)
        case notArray(String)
        case arrayType(String, String)
        case notFloats(String, String)
        case arraySize(String, claimed: [Int], bytes: Int)
    }

    package let fact: Fact

    /// The byte of the archive at which it was found.
    package let offset: Int

    package init(fact: Fact, offset: Int) {
        self.fact = fact
        self.offset = offset
    }

    /// One line without the file's name, which the reader does not know.
    package var description: String {
        switch fact {
        case .notZip: "byte \(offset): not a zip archive"
        case .truncated: "byte \(offset): the archive points beyond its end"
        case .unsupported(let what): "byte \(offset): \(what) is not supported"
        case .noMember(let name): "byte \(offset): the archive holds no \(name)"
        case .member(let name, let error): "\(name): \(error)"
        case .memberChecksum(let name): "byte \(offset): \(name): the checksum of the decompressed data is wrong"
        case .notArray(let name): "byte \(offset): \(name) is not a NumPy array"
        case .arrayType(let name, let type): "byte \(offset): \(name) holds \(type) instead of bytes in C order"
        case .notFloats(let name, let type):
            "byte \(offset): \(name) holds elements of type \(type); f2, f4 and f8 can be read as weights"
        case .arraySize(let name, let claimed, let bytes):
            "byte \(offset): \(name) claims the shape \(claimed), but holds \(bytes) bytes"
        }
    }
}
