/// The fields of a message in the wire format of protocol buffers, one after the other.
///
///     var reader = ProtobufReader(bytes)
///     while let field = reader.next() { … }
///     guard reader.isAtEnd else { … }
struct ProtobufReader {
    enum Content: Equatable {
        /// An integer, a flag or an enumeration's case.
        case number(UInt64)
        /// Text, bytes, another message or packed numbers.
        case bytes(ArraySlice<UInt8>)
        /// The bits of a float or double.
        case bits(UInt64)
    }

    struct Field: Equatable {
        let number: Int
        let content: Content
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// Whether everything was read; `next` also returns nil where a message is damaged.
    var isAtEnd: Bool { rest.isEmpty }

    mutating func next() -> Field? {
        var ahead = self
        guard !isAtEnd, let tag = ahead.number(), let content = ahead.content(ofType: tag & 7) else { return nil }
        self = ahead
        return Field(number: Int(tag >> 3), content: content)
    }

    private mutating func content(ofType type: UInt64) -> Content? {
        switch type {
        case 0: number().map { .number($0) }
        case 1: taken(8).map { .bits(Self.bits($0)) }
        case 2:
            number().flatMap { length in length <= UInt64(rest.count) ? taken(Int(length)) : nil }.map { .bytes($0) }
        case 5: taken(4).map { .bits(Self.bits($0)) }
        default: nil
        }
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    private mutating func number() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        return nil
    }

    private mutating func taken(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func bits(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
