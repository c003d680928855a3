/// A message in the wire format of protocol buffers, as far as writing one goes: numbered fields, one after the other.
///
///     var tensor = ProtobufMessage()
///     tensor.add(1, [28, 28])
///     tensor.add(8, "conv2d/kernel")
///     graph.add(5, tensor)
struct ProtobufMessage {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case number = 0
        case eightBytes = 1
        case lengthAndBytes = 2
        case fourBytes = 5
    }

    private mutating func begin(_ field: Int, _ type: WireType) { append(UInt64(field) << 3 | type.rawValue) }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    private mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// An integer, a flag or an enumeration's case; zeros are written too, for readers that ask whether a field is there.
    mutating func add(_ field: Int, _ number: Int) {
        begin(field, .number)
        append(UInt64(bitPattern: Int64(number)))
    }

    mutating func add(_ field: Int, _ number: Float) {
        begin(field, .fourBytes)
        bytes += littleEndianBytes([number])
    }

    mutating func add(_ field: Int, _ number: Double) {
        begin(field, .eightBytes)
        bytes += littleEndianBytes([number])
    }

    mutating func add(_ field: Int, _ content: [UInt8]) {
        begin(field, .lengthAndBytes)
        append(UInt64(content.count))
        bytes += content
    }

    mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

    mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, message.bytes) }

    /// Repeated numbers, packed.
    mutating func add(_ field: Int, _ numbers: [Int]) {
        var packed = ProtobufMessage()
        for number in numbers { packed.append(UInt64(bitPattern: Int64(number))) }
        add(field, packed)
    }

    /// Repeated numbers, packed.
    mutating func add(_ field: Int, _ numbers: [Float]) { add(field, littleEndianBytes(numbers)) }
}
