/// An array of bytes with its dimensions, as MNIST's files hold it (the IDX format, unsigned bytes only).
///
///     0  0  8  d   d dimensions, 4 bytes each, most significant first   then the elements, the last dimension fastest
package struct IDXArray: Sendable, Hashable {
    /// From the slowest to the fastest: images, rows, columns.
    package let dimensions: [Int]

    /// All elements, in the file's order.
    package let elements: [UInt8]

    /// An array made in memory, for writing; the count of elements is the product of the dimensions.
    package init(dimensions: [Int], elements: [UInt8]) {
        precondition(dimensions.reduce(1, *) == elements.count)
        self.dimensions = dimensions
        self.elements = elements
    }

    /// Reads a file's bytes, plain or gzip-compressed.
    ///
    /// A plain file must hold just what its header says, and a compressed one is not decompressed beyond that, nor at all if it
    /// claims too much for its size; so memory is bounded by what is really there, and by 2³¹ bytes.
    package init(_ file: consuming [UInt8]) throws(IDXError) {
        var content = file
        if Gzip.isGzip(content.span.bytes) {
            let start = try Self.inflating { () throws(InflateError) in
                try Gzip.prefix(of: content.span.bytes, count: IDXHeader.longest)
            }
            let header = try IDXHeader(start)
            try header.checkExpansion(of: content.count)
            content = try Self.inflating { () throws(InflateError) in
                try Gzip.decompress(content.span.bytes, limit: header.totalCount)
            }
        }
        let header = try IDXHeader(content)
        guard header.totalCount == content.count else { throw header.claimError(real: content.count) }
        content.removeFirst(header.byteCount)
        self.init(dimensions: header.dimensions, elements: content)
    }

    /// The bytes that precede the elements in a file; with them a checksum can be told without the file.
    package var header: [UInt8] {
        [0, 0, IDXHeader.unsignedByte, UInt8(dimensions.count)]
            + dimensions.flatMap { size in (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) } }
    }

    /// SHA-256 of the decompressed file.
    package var fingerprint: String {
        var hash = SHA256()
        hash.update(header)
        hash.update(elements)
        return hash.hex()
    }

    private static func inflating(_ body: () throws(InflateError) -> [UInt8]) throws(IDXError) -> [UInt8] {
        do {
            return try body()
        } catch {
            throw IDXError(fact: .gzip(error), offset: error.offset)
        }
    }
}

/// The part of an IDX file that says how large the rest is.
struct IDXHeader {
    static let unsignedByte: UInt8 = 8

    /// Four dimensions: images, rows, columns, channels.
    static let longest = 20

    let dimensions: [Int]
    let elementCount: Int

    var byteCount: Int { 4 + 4 * dimensions.count }
    var totalCount: Int { byteCount + elementCount }

    init(_ bytes: [UInt8]) throws(IDXError) {
        guard bytes.count >= 4 else { throw IDXError(fact: .truncatedHeader, offset: bytes.count) }
        guard bytes[0] == 0, bytes[1] == 0 else { throw IDXError(fact: .notIDX, offset: 0) }
        guard bytes[2] == Self.unsignedByte else { throw IDXError(fact: .elementType(bytes[2]), offset: 2) }
        guard 1...4 ~= bytes[3] else { throw IDXError(fact: .dimensionCount(Int(bytes[3])), offset: 3) }
        guard bytes.count >= 4 + 4 * Int(bytes[3]) else {
            throw IDXError(fact: .truncatedHeader, offset: bytes.count)
        }
        dimensions = (1...Int(bytes[3])).map { dimension in
            bytes[4 * dimension..<4 * dimension + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        var product = 1
        for size in dimensions {
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            guard !overflow, next <= 1 << 31 else { throw IDXError(fact: .impossible(dimensions), offset: 4) }
            product = next
        }
        elementCount = product
    }

    /// Refuses a small file that claims to hold very much: no images are compressed so far, and it would be given all the memory.
    func checkExpansion(of compressed: Int) throws(IDXError) {
        let (harmless, mostFold) = (1 << 26, 250)
        guard totalCount > harmless, totalCount / mostFold > compressed else { return }
        throw IDXError(fact: .expansion(totalCount, compressed: compressed), offset: 4)
    }

    func claimError(real: Int) -> IDXError {
        IDXError(fact: .claim(dimensions, bytes: elementCount, real: real - byteCount), offset: min(real, totalCount))
    }
}
