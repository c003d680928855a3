/// What is wrong with compressed bytes, and at which of them.
package struct InflateError: Error, Hashable, CustomStringConvertible {
    /// What a decoder can find; the offset says where.
    package enum Fact: Hashable, Sendable {
        case truncated
        case notGzip
        case notZlib
        case dictionary
        case unknownMethod(UInt8)
        case reservedFlags(UInt8)
        case headerChecksum
        case blockType
        case storedLength
        case codeLengths
        case unusedCode
        case distance(Int, available: Int)
        case checksum
        case length(stated: Int, real: Int)
        case tooLong(limit: Int)
        case trailingBytes(Int)
    }

    package let fact: Fact

    /// The byte of the compressed input at which it was found.
    package let offset: Int

    /// One line without the file's name, which the decoder does not know.
    package var description: String {
        "byte \(offset): \(sentence)"
    }

    private var sentence: String {
        switch fact {
        case .truncated: "the compressed data ends too early"
        case .notGzip: "not a gzip file"
        case .notZlib: "not a zlib stream"
        case .dictionary: "a preset dictionary is needed"
        case .unknownMethod(let method): "compression method \(method) is unknown"
        case .reservedFlags(let flags): "reserved flags \(flags) are set in the gzip header"
        case .headerChecksum: "the gzip header's checksum is wrong"
        case .blockType: "a compressed block has a type that does not exist"
        case .storedLength: "a stored block's length and its complement disagree"
        case .codeLengths: "a block's code lengths form no prefix code"
        case .unusedCode: "a code that stands for nothing is used"
        case .distance(let distance, let available):
            "a copy reaches \(distance) bytes back, only \(available) are there"
        case .checksum: "the checksum of the decompressed data is wrong"
        case .length(let stated, let real): "\(stated) decompressed bytes are stated, \(real) were found"
        case .tooLong(let limit): "the data expands beyond \(limit) bytes"
        case .trailingBytes(let count): "\(count) bytes follow the compressed data"
        }
    }
}
