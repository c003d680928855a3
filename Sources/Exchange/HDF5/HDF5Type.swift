/// What the elements of a dataset or an attribute are.
enum HDF5Type {
    case number(HDF5Number)
    /// Strings of a fixed number of bytes, ended or filled by `padding`.
    case text(size: Int, padding: UInt8)
    /// Strings that lie in a heap; the element says where.
    case variableText
    /// Bytes that HDF5 has no name for.
    case opaque(size: Int)
    case other

    /// Bytes of an element; nil for types whose elements are not looked at.
    var size: Int? {
        switch self {
        case .number(let number): number.size
        case .text(let size, _): size
        case .variableText: 16
        case .opaque, .other: nil
        }
    }

    /// Reads a datatype message.
    init(_ message: HDF5Cursor) throws(HDF5Error) {
        var message = message
        let kind = try message.byte() & 0x0F
        let flags = Array(try message.take(3))
        let size = try message.number(4)
        switch kind {
        case 0, 1:
            self = try HDF5Number(isFloat: kind == 1, flags: flags, size: size, &message).map { .number($0) } ?? .other
        case 3: self = .text(size: size, padding: flags[0] & 0x0F == 2 ? UInt8(ascii: " ") : 0)
        case 5: self = .opaque(size: size)
        case 9 where flags[0] & 0x0F == 1 && size == 16: self = .variableText
        default: self = .other
        }
    }
}

/// How a number is stored.
struct HDF5Number {
    enum Kind { case signed, unsigned, float, brainFloat }

    let kind: Kind
    let size: Int
    let isBigEndian: Bool

    /// The upper half of a `Float`.
    static let brainFloat = HDF5Number(kind: .brainFloat, size: 2, isBigEndian: false)

    private init(kind: Kind, size: Int, isBigEndian: Bool) {
        (self.kind, self.size, self.isBigEndian) = (kind, size, isBigEndian)
    }

    /// Nil for numbers that no processor of today computes with.
    init?(isFloat: Bool, flags: [UInt8], size: Int, _ properties: inout HDF5Cursor) throws(HDF5Error) {
        let offset = try properties.number(2)
        let precision = try properties.number(2)
        guard offset == 0, precision == 8 * size, [1, 2, 4, 8].contains(size) else { return nil }
        self.size = size
        isBigEndian = flags[0] & 1 == 1
        guard isFloat else {
            kind = flags[0] & 8 == 0 ? .unsigned : .signed
            return
        }
        let parts = Array(try properties.take(4))
        let bias = try properties.number(4)
        guard flags[0] & 0xF0 == 0x20, Int(flags[1]) == precision - 1 else { return nil }
        // Where the exponent begins and how long it is, then the same of the mantissa.
        switch (parts, bias) {
        case ([10, 5, 0, 10], 15) where size == 2, ([23, 8, 0, 23], 127) where size == 4,
            ([52, 11, 0, 52], 1023) where size == 8:
            kind = .float
        case ([7, 8, 0, 7], 127) where size == 2: kind = .brainFloat
        default: return nil
        }
    }

    /// Rounded to the nearest.
    func floats(_ bytes: ArraySlice<UInt8>, count: Int) -> [Float] {
        (0..<count).map { index in
            let bits = bits(of: bytes, index)
            return switch kind {
            case .float where size == 4: Float(bitPattern: UInt32(bits))
            case .float where size == 8: Float(Double(bitPattern: bits))
            case .float: Float(Float16(bitPattern: UInt16(bits)))
            case .brainFloat: Float(bitPattern: UInt32(bits) << 16)
            case .signed: Float(signed(bits))
            case .unsigned: Float(bits)
            }
        }
    }

    func attribute(_ bytes: ArraySlice<UInt8>, count: Int) -> HDF5Attribute {
        switch kind {
        case .signed: return .integers((0..<count).map { signed(bits(of: bytes, $0)) })
        case .unsigned:
            let numbers = (0..<count).compactMap { Int(exactly: bits(of: bytes, $0)) }
            return numbers.count == count ? .integers(numbers) : .unreadable
        case .float where size == 8: return .floats((0..<count).map { Double(bitPattern: bits(of: bytes, $0)) })
        case .float, .brainFloat: return .floats(floats(bytes, count: count).map(Double.init))
        }
    }

    private func bits(of bytes: ArraySlice<UInt8>, _ index: Int) -> UInt64 {
        let start = bytes.startIndex + index * size
        var bits: UInt64 = 0
        for place in 0..<size {
            bits = bits << 8 | UInt64(bytes[isBigEndian ? start + place : start + size - 1 - place])
        }
        return bits
    }

    private func signed(_ bits: UInt64) -> Int {
        let unused = UInt64(64 - 8 * size)
        return Int(Int64(bitPattern: bits << unused) >> Int64(unused))
    }
}
