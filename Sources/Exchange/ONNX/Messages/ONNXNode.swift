/// One operator applied to named tensors.
struct ONNXNode {
    /// As ONNX calls the operator: `Conv`.
    let type: String
    let name: String
    /// An empty name leaves an optional input out.
    var inputs: [String]
    var output: String
    let attributes: [(name: String, value: ONNXAttribute)]

    var message: ProtobufMessage {
        var message = ProtobufMessage()
        for input in inputs { message.add(1, input) }
        message.add(2, output)
        message.add(3, name)
        message.add(4, type)
        for attribute in attributes { message.add(5, attribute.value.message(named: attribute.name)) }
        return message
    }
}

/// A setting of an operator.
enum ONNXAttribute {
    case number(Float)
    case integer(Int)
    case integers([Int])
    case word(String)

    fileprivate func message(named name: String) -> ProtobufMessage {
        var message = ProtobufMessage()
        message.add(1, name)
        let type: Int
        switch self {
        case .number(let number):
            message.add(2, number)
            type = 1
        case .integer(let integer):
            message.add(3, integer)
            type = 2
        case .word(let word):
            message.add(4, word)
            type = 3
        case .integers(let integers):
            message.add(8, integers)
            type = 7
        }
        message.add(20, type)
        return message
    }
}
