import Datasets
import Exchange

// A sealed file has its own SHA-256 in its metadata, so that a flipped bit is noticed wherever it is.

extension Safetensors {
    private static let sealKey = "sha256"
    /// Placeholder for the seal while it is computed.
    private static let blank = String(repeating: "0", count: 64)

    /// The encoded file with its seal.
    package var sealedBytes: [UInt8] {
        var file = self
        file.metadata.removeAll { $0.key == Self.sealKey }
        file.metadata.append((Self.sealKey, Self.blank))
        var bytes = file.bytes
        if let place = Self.place(of: Self.blank, in: bytes) {
            bytes.replaceSubrange(place, with: SHA256.hex(of: bytes).utf8)
        }
        return bytes
    }

    /// Reads a sealed file; one without a seal is an error.
    package init(parsingSealed bytes: consuming [UInt8]) throws(SafetensorsError) {
        try self.init(parsing: copy bytes)
        guard let seal = word(Self.sealKey), let place = Self.place(of: seal, in: copy bytes),
            place.count == Self.blank.utf8.count
        else { throw .seal }
        // In place, for it may be large.
        bytes.replaceSubrange(place, with: Self.blank.utf8)
        guard SHA256.hex(of: copy bytes) == seal else { throw .seal }
        metadata.removeAll { $0.key == Self.sealKey }
    }

    /// Finds a seal in the header, which is written without spaces; nothing else can look the same, because quotes within
    /// strings are escaped.
    private static func place(of seal: String, in bytes: [UInt8]) -> Range<Int>? {
        let text = Array("\"\(sealKey)\":\"\(seal)\"".utf8)
        let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = bytes[8..<min(8 + length, bytes.count)]
        guard let start = header.indices.first(where: { header[$0...].starts(with: text) }) else { return nil }
        let end = start + text.count - 1
        return end - seal.utf8.count..<end
    }
}
