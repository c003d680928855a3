import Datasets
import Testing

@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the standard's examples come out`(text: String, expected: String) {
        #expect(SHA256.hex(of: Array(text.utf8)) == expected)
    }

    @Test func `a million letters come out as the standard says`() {
        let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(SHA256.hex(of: [UInt8](repeating: 97, count: 1_000_000)) == expected)
    }

    @Test func `pieces of any size give the fingerprint of the whole`() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        for size in 1...130 {
            var hash = SHA256()
            for start in stride(from: 0, to: 300, by: size) {
                hash.update(Array(bytes[start..<min(start + size, 300)]))
            }
            #expect(hash.hex() == SHA256.hex(of: bytes))
        }
    }
}
