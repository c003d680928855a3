import Schema

/// A safetensors file, as Python's `safetensors` reads and writes it: named tensors after a JSON header.
///
///     8 bytes: length of the header, little-endian
///     header:  {"__metadata__": {…}, "conv2d/kernel": {"dtype": "F32", "shape": [3,3,1,32], "data_offsets": [0,1152]}, …}
///     data:    the tensors one after the other
package struct Safetensors: Sendable, Equatable {
    package struct Tensor: Sendable, Equatable {
        package let name: String
        package let type: ElementType
        package let shape: [Int]
        /// Little-endian elements in row-major order.
        package let bytes: [UInt8]

        package init(name: String, type: ElementType, shape: [Int], bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.shape = shape
            self.bytes = bytes
        }
    }

    /// The element types that this tool needs; the format has more.
    package enum ElementType: String, Sendable, CaseIterable {
        case float32 = "F32"
        case float64 = "F64"
        case int32 = "I32"
        case int64 = "I64"

        var size: Int { self == .float32 || self == .int32 ? 4 : 8 }
    }

    /// In the order of the data.
    package var tensors: [Tensor] = []
    /// Strings by key: the header's `__metadata__`.
    package var metadata: [(key: String, value: String)] = []

    package init() {}

    package subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

    /// A string of the metadata.
    package func word(_ key: String) -> String? { metadata.first { $0.key == key }?.value }

    package static func == (a: Safetensors, b: Safetensors) -> Bool {
        a.tensors == b.tensors && a.metadata.elementsEqual(b.metadata) { $0.key == $1.key && $0.value == $1.value }
    }
}

extension Safetensors {
    package mutating func add(_ name: String, shape: [Int], _ values: [Float]) {
        tensors.append(Tensor(name: name, type: .float32, shape: shape, bytes: littleEndianBytes(values)))
    }

    /// Adds a one-dimensional tensor of doubles.
    package mutating func add(_ name: String, _ values: [Double]) {
        tensors.append(Tensor(name: name, type: .float64, shape: [values.count], bytes: littleEndianBytes(values)))
    }

    /// Adds a one-dimensional tensor of integers.
    package mutating func add(_ name: String, _ values: [Int]) {
        let words = values.map(Int64.init)
        tensors.append(Tensor(name: name, type: .int64, shape: [words.count], bytes: littleEndianBytes(words)))
    }

    /// The encoded file; equal contents give equal bytes. Wide elements come first, so that all are aligned to their size.
    package var bytes: [UInt8] {
        let ordered = [8, 4].flatMap { size in tensors.filter { $0.type.size == size } }
        var members: [JSON.Member] = []
        if !metadata.isEmpty {
            members.append(.init(Self.metadataKey, JSON(.object(metadata.map { .init($0.key, JSON($0.value)) }))))
        }
        var offset = 0
        for tensor in ordered {
            let end = offset + tensor.bytes.count
            members.append(
                .init(
                    tensor.name,
                    [
                        "dtype": JSON(tensor.type.rawValue), "shape": JSON(tensor.shape),
                        "data_offsets": JSON([offset, end]),
                    ]))
            offset = end
        }
        var header = Array(JSON(.object(members)).compact.utf8)
        // The data begin at a multiple of eight, for readers that map the file into memory.
        while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
        var bytes = littleEndianBytes([UInt64(header.count)])
        bytes.reserveCapacity(8 + header.count + offset)
        bytes += header
        for tensor in ordered { bytes += tensor.bytes }
        return bytes
    }

    package static let metadataKey = "__metadata__"
}

extension Safetensors.Tensor {
    /// Nil for a tensor of another type.
    package var floats: [Float]? { type == .float32 ? elements(Float.self) : nil }

    /// Nil for a tensor of another type.
    package var doubles: [Double]? { type == .float64 ? elements(Double.self) : nil }

    /// Nil for a tensor of another type.
    package var integers: [Int]? { type == .int64 ? elements(Int64.self).map(Int.init) : nil }

    private func elements<Element: BitwiseCopyable>(_: Element.Type) -> [Element] {
        let count = bytes.count / MemoryLayout<Element>.size
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
            initialized = count
        }
    }
}
