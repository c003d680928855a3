/// Deflate's stream of bits, least significant first, kept in one 64-bit buffer.
///
/// The input stays with the caller, so that a reader is three numbers and can be copied.
struct BitReader {
    private(set) var bits: UInt64 = 0
    private(set) var count = 0
    private var position: Int

    init(at offset: Int) {
        position = offset
    }

    /// The first byte of which no bit has been used. Past the end, when more was used than there was.
    var offset: Int {
        position - count / 8
    }

    /// Holds at least 56 bits afterwards. Beyond the end the bits are zero: the caller learns from `offset`, or here
    /// when it went on regardless.
    @inline(__always)
    mutating func refill(from input: RawSpan) throws(InflateError) {
        if position &+ 8 <= input.byteCount {
            // Bits above `count` may be set already; they are the same bits, so that `|` leaves them alone.
            let next = input.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            bits |= UInt64(littleEndian: next) << UInt64(truncatingIfNeeded: count)
            position &+= (63 &- count) >> 3
            count |= 56
        } else {
            try refillAtEnd(from: input)
        }
    }

    @inline(never)
    private mutating func refillAtEnd(from input: RawSpan) throws(InflateError) {
        guard offset <= input.byteCount else { throw InflateError(fact: .truncated, offset: input.byteCount) }
        while count < 56 {
            if position < input.byteCount { bits |= UInt64(input[position]) << UInt64(count) }
            position += 1
            count += 8
        }
    }

    /// The next bits without using them.
    @inline(__always)
    func peek(_ width: Int) -> Int {
        Int(truncatingIfNeeded: bits) & ((1 &<< width) &- 1)
    }

    /// Uses bits that a refill has provided.
    @inline(__always)
    mutating func drop(_ width: Int) {
        bits = bits &>> UInt64(truncatingIfNeeded: width)
        count &-= width
    }

    /// Uses and returns bits that a refill has provided.
    @inline(__always)
    mutating func take(_ width: Int) -> Int {
        let value = peek(width)
        drop(width)
        return value
    }

    /// Goes on at the next whole byte, where stored blocks begin.
    mutating func align() {
        self = BitReader(at: offset)
    }
}

extension RawSpan {
    /// One byte, checked.
    @inline(__always)
    subscript(_ offset: Int) -> UInt8 {
        unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
