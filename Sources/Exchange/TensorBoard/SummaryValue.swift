/// Something that TensorBoard shows under a tag: a point of a curve, a histogram, a picture.
package struct SummaryValue {
    /// Which part of TensorBoard shows it.
    enum Plugin: String {
        case scalars, histograms, images, hparams
    }

    private let tag: String
    private let plugin: Plugin
    private let pluginContent: [UInt8]
    private let tensor: ProtobufMessage

    init(_ tag: String, _ plugin: Plugin, content: [UInt8] = [], tensor: ProtobufMessage) {
        self.tag = tag
        self.plugin = plugin
        pluginContent = content
        self.tensor = tensor
    }

    /// A point of a curve. Like Keras's it has 32 bits.
    package static func scalar(_ tag: String, _ value: Double) -> SummaryValue {
        SummaryValue(tag, .scalars, tensor: tensor([], bytes: littleEndianBytes([Float(value)])))
    }

    /// How some numbers are distributed.
    package static func histogram(_ tag: String, of values: [Float]) -> SummaryValue {
        let buckets = HistogramBuckets(of: values)
        let rows = (0..<buckets.counts.count).flatMap {
            [buckets.edges[$0], buckets.edges[$0 + 1], buckets.counts[$0]]
        }
        return SummaryValue(
            tag, .histograms,
            tensor: tensor([buckets.counts.count, 3], type: .float64, bytes: littleEndianBytes(rows)))
    }

    /// A picture as a PNG file.
    package static func image(_ tag: String, png: [UInt8]) -> SummaryValue {
        var tensor = tensor([3], type: .string, bytes: nil)
        // Width and height are the first that a PNG file says, behind its signature and the head of its first chunk.
        for place in [16, 20] {
            let size = png.dropFirst(place).prefix(4).reduce(0) { $0 << 8 | Int($1) }
            tensor.add(8, "\(size)")
        }
        tensor.add(8, png)
        return SummaryValue(tag, .images, tensor: tensor)
    }

    private enum ElementType: Int {
        case float32 = 1
        case float64 = 2
        case string = 7
    }

    private static func tensor(
        _ shape: [Int], type: ElementType = .float32, bytes: [UInt8]?
    ) -> ProtobufMessage {
        var lengths = ProtobufMessage()
        for length in shape {
            var dimension = ProtobufMessage()
            if length != 0 { dimension.add(1, length) }
            lengths.add(2, dimension)
        }
        var tensor = ProtobufMessage()
        tensor.add(1, type.rawValue)
        tensor.add(2, lengths)
        if let bytes { tensor.add(4, bytes) }
        return tensor
    }

    /// No numbers at all, for what is said in words elsewhere.
    static var emptyTensor: ProtobufMessage { tensor([0], bytes: nil) }

    var message: ProtobufMessage {
        var data = ProtobufMessage()
        data.add(1, plugin.rawValue)
        if !pluginContent.isEmpty { data.add(2, pluginContent) }
        var metadata = ProtobufMessage()
        metadata.add(1, data)
        var value = ProtobufMessage()
        value.add(1, tag)
        value.add(8, tensor)
        value.add(9, metadata)
        return value
    }
}
