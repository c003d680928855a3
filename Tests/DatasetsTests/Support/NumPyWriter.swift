import TestSupport

/// Writes `mnist.npz` as NumPy does, members stored or deflated.
struct NumPyWriter {
    var members: [(name: String, content: [UInt8], deflated: [UInt8]?)] = []

    static func array(_ elements: [UInt8], shape: String, type: String = "|u1", isFortran: Bool = false) -> [UInt8] {
        var header = "{'descr': '\(type)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': (\(shape)), }"
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        let count = header.utf8.count
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(count & 0xFF), UInt8(count >> 8)] + Array(header.utf8)
            + elements
    }

    mutating func add(_ name: String, _ content: [UInt8], isDeflated: Bool = false) {
        let deflated = isDeflated ? DeflateWriter.fixed(content.map { .literal($0) }) : nil
        members.append((name + ".npy", content, deflated))
    }

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content, deflated) in members {
            let packed = deflated ?? content
            let common: [UInt8] =
                [20, 0, 0, 0, deflated == nil ? 0 : 8, 0, 0, 0, 0, 0] + littleEndian(plainCRC32(content))
                + littleEndian(UInt32(packed.count)) + littleEndian(UInt32(content.count))
                + [UInt8(name.utf8.count), 0]
            directory +=
                [0x50, 0x4B, 1, 2, 20, 3] + common + [0, 0] + [UInt8](repeating: 0, count: 10)
                + littleEndian(UInt32(file.count)) + Array(name.utf8)
            // NumPy leaves room for zip64 in the header before the content, and only there.
            file +=
                [0x50, 0x4B, 3, 4] + common + [20, 0] + Array(name.utf8) + [1, 0, 16, 0]
                + [UInt8](repeating: 0, count: 16) + packed
        }
        let start = UInt32(file.count)
        let count = UInt8(members.count)
        return file + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, count, 0, count, 0]
            + littleEndian(UInt32(directory.count)) + littleEndian(start) + [0, 0]
    }
}

extension SmallSet {
    /// As Keras keeps MNIST.
    func archive(isDeflated: Bool) -> [UInt8] {
        var writer = NumPyWriter()
        for (suffix, part) in [("test", parts.test), ("train", parts.training)] {
            writer.add(
                "x_\(suffix)", NumPyWriter.array(part.pixels, shape: "\(part.count), 28, 28"), isDeflated: isDeflated)
            writer.add("y_\(suffix)", NumPyWriter.array(part.labels, shape: "\(part.count),"), isDeflated: isDeflated)
        }
        return writer.bytes
    }
}
