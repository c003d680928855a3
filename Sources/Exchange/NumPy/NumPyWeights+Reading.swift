import Datasets

extension NumPyWeights {
    /// An array of floats, whatever their size in the file.
    package struct Weight {
        package let name: String
        package let shape: [Int]
        /// In row-major order.
        package let values: [Float]
    }

    /// The arrays of an archive of NumPy's, such as `numpy.savez` makes.
    package static func arrays(in file: [UInt8]) throws(ArchiveError) -> [Weight] {
        let zip = try ZipArchive(file)
        var arrays: [Weight] = []
        // Many members may be the same bytes: what they unpack to is bounded as a whole.
        var room = 1 << 31
        for member in zip.names where member.hasSuffix(".npy") {
            let content = try zip.member(member, limit: room)
            room -= content.count
            arrays.append(try array(content, name: String(member.dropLast(4))))
        }
        return arrays
    }

    private static func array(_ member: [UInt8], name: String) throws(ArchiveError) -> Weight {
        let header = try NumPyHeader(of: member, name: name)
        let elements = member[header.start...]
        guard let size = sizes[String(header.type.dropFirst())], "<>".contains(header.type.prefix(1)) else {
            throw ArchiveError(fact: .notFloats(name, header.type), offset: header.start)
        }
        guard let count = header.count, count <= elements.count, count * size == elements.count else {
            throw ArchiveError(
                fact: .arraySize(name, claimed: header.shape, bytes: elements.count), offset: header.start)
        }
        let isBigEndian = header.type.hasPrefix(">")
        let values = (0..<count).map { index in
            let start = elements.startIndex + index * size
            return float(elements[start..<start + size], isBigEndian: isBigEndian)
        }
        return Weight(
            name: name, shape: header.shape,
            values: header.isFortran ? rowMajor(values, shape: header.shape) : values)
    }

    private static let sizes = ["f2": 2, "f4": 4, "f8": 8]

    private static func float(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> Float {
        let ordered = isBigEndian ? Array(bytes) : bytes.reversed()
        let bits = ordered.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch bytes.count {
        case 2: return Float(Float16(bitPattern: UInt16(bits)))
        case 4: return Float(bitPattern: UInt32(bits))
        default: return Float(Double(bitPattern: bits))
        }
    }

    /// Values whose first axis is the innermost in the order in which the last one is.
    private static func rowMajor(_ values: [Float], shape: [Int]) -> [Float] {
        var strides: [Int] = []
        var stride = 1
        for length in shape {
            strides.append(stride)
            stride *= length
        }
        var index = [Int](repeating: 0, count: shape.count)
        return values.indices.map { _ in
            let value = values[zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }]
            for axis in shape.indices.reversed() {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
            }
            return value
        }
    }
}
