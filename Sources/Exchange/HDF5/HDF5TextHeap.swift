/// Global heaps with the strings of all attributes of a file, each string once.
struct HDF5TextHeap {
    private(set) var bytes: [UInt8] = []
    /// Where a string lies: the address of its heap, and its number there.
    private var places: [[UInt8]: (heap: Int, index: Int)] = [:]

    /// Numbers of a heap's objects have 16 bits, and readers expect it to have a page.
    private static let mostObjects = 0xFFFF, leastSize = 4096

    init(_ texts: [String], at address: Int) {
        var objects: [UInt8] = []
        var count = 0
        for text in texts where !text.isEmpty && places[Array(text.utf8)] == nil {
            if count == Self.mostObjects {
                bytes += Self.heap(objects)
                (objects, count) = ([], 0)
            }
            count += 1
            let content = Array(text.utf8)
            places[content] = (address + bytes.count, count)
            // Number, references, reserved; the size; the content, filled up to eight bytes.
            objects +=
                littleEndianBytes([UInt16(count), 1, 0, 0]) + littleEndianBytes([UInt64(content.count)]) + content
            objects += [UInt8](repeating: 0, count: -content.count & 7)
        }
        if count > 0 { bytes += Self.heap(objects) }
    }

    /// A heap's header and objects; the last object, number 0, is the free space.
    private static func heap(_ objects: [UInt8]) -> [UInt8] {
        let size = max(leastSize, 16 + objects.count + 16)
        let free = size - 16 - objects.count
        return Array("GCOL".utf8) + [1, 0, 0, 0] + littleEndianBytes([UInt64(size)]) + objects
            + littleEndianBytes([0, UInt64(free)]) + [UInt8](repeating: 0, count: free - 16)
    }

    /// An element of an attribute: the string's length, its heap's address, its number.
    func reference(to text: String) -> [UInt8] {
        let content = Array(text.utf8)
        let place = places[content] ?? (0, 0)
        return littleEndianBytes([UInt32(content.count)]) + littleEndianBytes([UInt64(place.heap)])
            + littleEndianBytes([UInt32(place.index)])
    }
}
