import Testing

/// What a test wants to know of an ONNX file.
struct ReadONNX {
    struct Node {
        let type, name: String
        let inputs, outputs: [String]
    }

    struct Initializer {
        let name: String
        let lengths: [Int]
        let type: Int
        let bytes: Int
    }

    struct Port: Equatable {
        let name: String
        let batch: String
        let lengths: [Int]
    }

    let versions: [Int]
    let nodes: [Node]
    let initializers: [Initializer]
    let inputs, outputs: [Port]
    let metadata: [String: String]

    init(_ file: [UInt8]) throws {
        let model = try #require(ProtobufFields(file[...]))
        let graph = try #require(model.messages(7).first)
        versions = [try #require(model.number(1)), try #require(model.messages(8).first?.number(2))]
        nodes = try graph.messages(1).map { node in
            Node(
                type: try #require(node.words(4).first), name: try #require(node.words(3).first), inputs: node.words(1),
                outputs: node.words(2))
        }
        initializers = try graph.messages(5).map { tensor in
            Initializer(
                name: try #require(tensor.words(8).first), lengths: tensor.numbers(1),
                type: try #require(tensor.number(2)), bytes: try #require(tensor.bytes(9).first).count)
        }
        inputs = try graph.messages(11).map(Self.port)
        outputs = try graph.messages(12).map(Self.port)
        metadata = Dictionary(
            uniqueKeysWithValues: try model.messages(14).map {
                (try #require($0.words(1).first), try #require($0.words(2).first))
            })
    }

    private static func port(_ port: ProtobufFields) throws -> Port {
        let axes = try #require(port.messages(2).first?.messages(1).first?.messages(2).first).messages(1)
        return Port(
            name: try #require(port.words(1).first), batch: try #require(axes.first?.words(2).first),
            lengths: axes.dropFirst().compactMap { $0.number(1) })
    }

    func count(of type: String) -> Int { nodes.count { $0.type == type } }

    var types: [String] { nodes.map(\.type) }
}
