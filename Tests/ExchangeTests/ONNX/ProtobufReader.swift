/// The fields of a message in the wire format of protocol buffers, in the order of the file.
struct ProtobufFields {
    enum Content: Equatable {
        case number(UInt64)
        case bytes(ArraySlice<UInt8>)
        case fourBytes(UInt32)
    }

    private(set) var all: [(field: Int, content: Content)] = []

    /// Nil for what is no message.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            guard let key = Self.number(&rest), let content = Self.content(type: key & 7, &rest) else { return nil }
            all.append((Int(key >> 3), content))
        }
    }

    private static func content(type: UInt64, _ rest: inout ArraySlice<UInt8>) -> Content? {
        switch type {
        case 0: return number(&rest).map(Content.number)
        case 2:
            guard let count = number(&rest).map(Int.init), count <= rest.count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return .bytes(rest.prefix(count))
        case 5:
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return .fourBytes(rest.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) })
        default: return nil
        }
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: 0 as UInt64, to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }

    /// The contents of every field with that number.
    private subscript(field: Int) -> [Content] { all.filter { $0.field == field }.map(\.content) }

    func bytes(_ field: Int) -> [ArraySlice<UInt8>] {
        self[field].compactMap { if case .bytes(let bytes) = $0 { bytes } else { nil } }
    }

    func words(_ field: Int) -> [String] { bytes(field).map { String(decoding: $0, as: UTF8.self) } }

    func messages(_ field: Int) -> [ProtobufFields] { bytes(field).compactMap(ProtobufFields.init) }

    func number(_ field: Int) -> Int? {
        self[field].compactMap { if case .number(let number) = $0 { Int(truncatingIfNeeded: number) } else { nil } }
            .last
    }

    /// Packed numbers.
    func numbers(_ field: Int) -> [Int] {
        bytes(field).flatMap { packed in
            var rest = packed
            var numbers: [Int] = []
            while let number = Self.number(&rest) { numbers.append(Int(truncatingIfNeeded: number)) }
            return numbers
        }
    }
}
