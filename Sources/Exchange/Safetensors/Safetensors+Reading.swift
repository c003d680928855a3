import Schema

extension Safetensors {
    /// A header larger than this is an attack or a mistake, though the format allows 100 MB.
    private static let largestHeader = 16 << 20
    private static let largestAllowed = 100_000_000

    /// Decodes a file; every length is checked before it is used.
    package init(parsing bytes: [UInt8]) throws(SafetensorsError) {
        guard bytes.count >= 8 else { throw .truncated(needed: 8, present: bytes.count) }
        let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Self.largestAllowed) else { throw .foreign }
        guard length <= UInt64(Self.largestHeader) else { throw .header("it would be \(length) bytes long") }
        let start = 8 + Int(length)
        guard bytes.count >= start else { throw .truncated(needed: start, present: bytes.count) }
        let header: JSON
        do {
            header = try JSON(parsing: Array(bytes[8..<start]))
        } catch {
            throw .header(error.list.first?.message ?? "no JSON")
        }
        guard let members = header.members else { throw .header("it is no object") }
        var placed: [(tensor: Tensor, range: Range<Int>)] = []
        for member in members {
            if member.key == Self.metadataKey {
                metadata = try Self.words(member.value)
            } else {
                placed.append(try Self.tensor(member, data: bytes[start...]))
            }
        }
        placed.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        tensors = placed.map(\.tensor)
        // Every byte must belong to exactly one tensor: overlaps and gaps are mistakes, or hide something.
        var end = 0
        for (tensor, range) in placed {
            guard range.lowerBound == end else {
                throw .tensor(tensor.name, "begins at byte \(range.lowerBound) of the data, and \(end) is the next")
            }
            end = range.upperBound
        }
        guard start + end == bytes.count else { throw .leftover(bytes.count - start - end) }
    }

    private static func words(_ json: JSON) throws(SafetensorsError) -> [(key: String, value: String)] {
        guard let members = json.members else { throw .header("\(metadataKey) is no object") }
        var words: [(key: String, value: String)] = []
        for member in members {
            guard let word = member.value.text else {
                throw .header("\(quoted(member.key)) in \(metadataKey) is no string")
            }
            words.append((member.key, word))
        }
        return words
    }

    private static func tensor(
        _ member: JSON.Member, data: ArraySlice<UInt8>
    ) throws(SafetensorsError) -> (tensor: Tensor, range: Range<Int>) {
        let name = member.key
        guard let word = member.value["dtype"]?.text else { throw .tensor(name, "has no dtype") }
        guard let type = ElementType(rawValue: word) else {
            let known = ElementType.allCases.map(\.rawValue).joined(separator: ", ")
            throw .tensor(name, "has dtype \(quoted(word)); \(known) can be read")
        }
        guard let shape = integers(member.value["shape"]), let offsets = integers(member.value["data_offsets"]),
            offsets.count == 2, (shape + offsets).allSatisfy({ $0 >= 0 }), offsets[0] <= offsets[1]
        else { throw .tensor(name, "has no shape or no data_offsets") }
        var size = type.size
        for length in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: length)
            guard !overflow else { throw .tensor(name, "has an impossible shape") }
            size = product
        }
        guard offsets[1] - offsets[0] == size else {
            throw .tensor(name, "has \(offsets[1] - offsets[0]) bytes, and its shape needs \(size)")
        }
        guard offsets[1] <= data.count else { throw .tensor(name, "lies outside of the file") }
        let bytes = data[data.startIndex + offsets[0]..<data.startIndex + offsets[1]]
        return (Tensor(name: name, type: type, shape: shape, bytes: Array(bytes)), offsets[0]..<offsets[1])
    }

    private static func integers(_ json: JSON?) -> [Int]? {
        guard let elements = json?.elements else { return nil }
        let numbers = elements.compactMap { element -> Int? in
            if case .integer(let number) = element.content { number } else { nil }
        }
        return numbers.count == elements.count ? numbers : nil
    }
}

/// Why bytes cannot be read as a safetensors file.
package enum SafetensorsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The length of the header is one that no header has.
    case foreign
    /// The file ends earlier than its header announces.
    case truncated(needed: Int, present: Int)
    /// The header is not JSON of the expected form.
    case header(String)
    /// A tensor's description contradicts itself or the file.
    case tensor(String, String)
    /// The number of bytes at the end that belong to no tensor.
    case leftover(Int)
    /// A file that must be sealed has no seal, or a wrong one.
    case seal

    /// What is wrong, without the file's name.
    package var description: String {
        switch self {
        case .foreign: "is no safetensors file"
        case .truncated(let needed, let present): "is cut off: \(needed) bytes are announced, \(present) are there"
        case .header(let reason): "has a header that cannot be read: \(reason)"
        case .tensor(let name, let reason): "tensor \(quoted(name)) \(reason)"
        case .leftover(let count): "has \(count) bytes at its end that belong to no tensor"
        case .seal: "is damaged: its fingerprint does not fit"
        }
    }
}
