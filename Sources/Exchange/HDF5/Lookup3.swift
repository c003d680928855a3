/// Bob Jenkins's lookup3 (`hashlittle` from 0), with which newer blocks of HDF5 files end.
enum Lookup3 {
    static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        var state = State(seed: 0xDEAD_BEEF &+ UInt32(truncatingIfNeeded: bytes.count))
        var rest = bytes
        while rest.count > 12 {
            state.add(rest.prefix(12))
            state.mix()
            rest = rest.dropFirst(12)
        }
        guard !rest.isEmpty else { return state.c }
        state.add(rest)
        state.finish()
        return state.c
    }

    private struct State {
        var a, b, c: UInt32

        init(seed: UInt32) { (a, b, c) = (seed, seed, seed) }

        /// Adds up to twelve bytes as three little-endian words.
        mutating func add(_ bytes: ArraySlice<UInt8>) {
            for (index, byte) in bytes.enumerated() {
                let part = UInt32(byte) << UInt32(8 * (index % 4))
                switch index / 4 {
                case 0: a &+= part
                case 1: b &+= part
                default: c &+= part
                }
            }
        }

        mutating func mix() {
            (a, c) = ((a &- c) ^ rotated(c, 4), c &+ b)
            (b, a) = ((b &- a) ^ rotated(a, 6), a &+ c)
            (c, b) = ((c &- b) ^ rotated(b, 8), b &+ a)
            (a, c) = ((a &- c) ^ rotated(c, 16), c &+ b)
            (b, a) = ((b &- a) ^ rotated(a, 19), a &+ c)
            (c, b) = ((c &- b) ^ rotated(b, 4), b &+ a)
        }

        mutating func finish() {
            c = (c ^ b) &- rotated(b, 14)
            a = (a ^ c) &- rotated(c, 11)
            b = (b ^ a) &- rotated(a, 25)
            c = (c ^ b) &- rotated(b, 16)
            a = (a ^ c) &- rotated(c, 4)
            b = (b ^ a) &- rotated(a, 14)
            c = (c ^ b) &- rotated(b, 24)
        }

        private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
    }
}
