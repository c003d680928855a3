import Testing

@testable import Exchange

@Suite struct ProtobufTests {
    @Test func `fields are written as the wire format's own documentation has them`() {
        var message = ProtobufMessage()
        message.add(1, 150)
        message.add(2, "testing")
        message.add(6, [3, 270, 86942])
        #expect(
            message.bytes
                == [0x08, 0x96, 0x01, 0x12, 0x07] + Array("testing".utf8)
                + [0x32, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05])
    }

    @Test func `negative numbers take ten bytes, fixed ones four and eight`() {
        var message = ProtobufMessage()
        message.add(1, -1)
        #expect(message.bytes == [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01])
        message = ProtobufMessage()
        message.add(2, Float(1))
        message.add(3, 1.0)
        message.add(4, [Float(1)])
        #expect(
            message.bytes
                == [0x15, 0, 0, 0x80, 0x3F, 0x19, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0x22, 4, 0, 0, 0x80, 0x3F])
    }
}
