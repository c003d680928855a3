/// Numbers that are part of the model.
struct ONNXTensor {
    /// Those of onnx.proto that are needed here.
    enum ElementType: Int {
        case float = 1
        case integer = 7
    }

    let name: String
    let lengths: [Int]
    private let type: ElementType
    private let bytes: [UInt8]

    init(_ name: String, _ lengths: [Int], _ numbers: [Float]) {
        self.name = name
        self.lengths = lengths
        type = .float
        bytes = littleEndianBytes(numbers)
    }

    /// One axis of integers.
    init(_ name: String, _ integers: [Int]) {
        self.name = name
        lengths = [integers.count]
        type = .integer
        bytes = littleEndianBytes(integers.map(Int64.init))
    }

    var message: ProtobufMessage {
        var message = ProtobufMessage()
        message.add(1, lengths)
        message.add(2, type.rawValue)
        message.add(8, name)
        message.add(9, bytes)
        return message
    }
}
