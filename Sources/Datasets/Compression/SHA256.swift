/// The fingerprint (FIPS 180-4) by which a data set is known to be the official one.
package struct SHA256 {
    private var state = SIMD8<UInt32>(
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19)
    private var pending: [UInt8] = []
    private var count = 0

    /// The fingerprint of nothing yet.
    package init() {}

    /// Lowercase hexadecimal, as `sha256sum` prints it.
    package static func hex(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hash.hex()
    }

    /// Goes on with more bytes.
    package mutating func update(_ bytes: [UInt8]) {
        count += bytes.count
        var offset = 0
        if !pending.isEmpty {
            offset = min(64 - pending.count, bytes.count)
            pending += bytes[..<offset]
            guard pending.count == 64 else { return }
            let block = pending
            Self.compress(block.span.bytes, at: 0, into: &state)
        }
        let span = bytes.span.bytes
        while offset + 64 <= bytes.count {
            Self.compress(span, at: offset, into: &state)
            offset += 64
        }
        pending = Array(bytes[offset...])
    }

    /// The fingerprint of everything so far.
    package consuming func hex() -> String {
        let bitCount = UInt64(count) * 8
        var tail: [UInt8] = [0x80] + [UInt8](repeating: 0, count: (119 - count % 64) % 64)
        for shift in stride(from: 56, through: 0, by: -8) { tail.append(UInt8(truncatingIfNeeded: bitCount >> shift)) }
        update(tail)
        let digits = Array("0123456789abcdef")
        return String((0..<64).map { digits[Int(state[$0 / 8] >> UInt32(28 - $0 % 8 * 4) & 15)] })
    }

    private static func compress(_ block: RawSpan, at offset: Int, into state: inout SIMD8<UInt32>) {
        let constants = constants.span
        var w = InlineArray<64, UInt32>(repeating: 0)
        for i in 0..<16 {
            w[i] = UInt32(bigEndian: block.unsafeLoadUnaligned(fromByteOffset: offset + 4 * i, as: UInt32.self))
        }
        for i in 16..<64 {
            let x = w[i - 15]
            let y = w[i - 2]
            let s0 = x.rotated(by: 7) ^ x.rotated(by: 18) ^ x >> 3
            let s1 = y.rotated(by: 17) ^ y.rotated(by: 19) ^ y >> 10
            w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for i in stride(from: 0, to: 64, by: 8) {
            // Eight rounds written out: the names move instead of the values.
            mix(a, b, c, &d, e, f, g, &h, constants[i] &+ w[i])
            mix(h, a, b, &c, d, e, f, &g, constants[i + 1] &+ w[i + 1])
            mix(g, h, a, &b, c, d, e, &f, constants[i + 2] &+ w[i + 2])
            mix(f, g, h, &a, b, c, d, &e, constants[i + 3] &+ w[i + 3])
            mix(e, f, g, &h, a, b, c, &d, constants[i + 4] &+ w[i + 4])
            mix(d, e, f, &g, h, a, b, &c, constants[i + 5] &+ w[i + 5])
            mix(c, d, e, &f, g, h, a, &b, constants[i + 6] &+ w[i + 6])
            mix(b, c, d, &e, f, g, h, &a, constants[i + 7] &+ w[i + 7])
        }
        state &+= SIMD8(a, b, c, d, e, f, g, h)
    }

    @inline(__always)
    private static func mix(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
        _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
    ) {
        let s1 = e.rotated(by: 6) ^ e.rotated(by: 11) ^ e.rotated(by: 25)
        let t1 = h &+ s1 &+ (g ^ e & (f ^ g)) &+ word
        let s0 = a.rotated(by: 2) ^ a.rotated(by: 13) ^ a.rotated(by: 22)
        d &+= t1
        h = t1 &+ s0 &+ (a & b | c & (a | b))
    }

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
        0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
        0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
        0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
        0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
        0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}

extension UInt32 {
    @inline(__always)
    fileprivate func rotated(by count: UInt32) -> UInt32 {
        self &>> count | self &<< (32 &- count)
    }
}
