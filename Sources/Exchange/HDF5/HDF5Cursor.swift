/// A place in a file from which fields are read one after the other, never beyond the end of the block they belong to.
struct HDF5Cursor {
    /// What is left; its indices are places in the file.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func take(_ count: Int) throws(HDF5Error) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else {
            throw .damaged("a field needs \(count) bytes, and \(rest.count) are left", at: rest.startIndex)
        }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func skip(_ count: Int) throws(HDF5Error) { _ = try take(count) }

    mutating func byte() throws(HDF5Error) -> UInt8 { try take(1)[rest.startIndex - 1] }

    /// A little-endian number of up to eight bytes.
    mutating func word(_ size: Int) throws(HDF5Error) -> UInt64 {
        try take(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A length, a count, or a small number; none that a file could mean is beyond `Int`.
    mutating func number(_ size: Int) throws(HDF5Error) -> Int {
        let start = rest.startIndex
        let word = try word(size)
        guard let number = Int(exactly: word) else { throw .damaged("\(word) is no possible number", at: start) }
        return number
    }

    /// A place in the file, nil for the one that means nowhere.
    mutating func address() throws(HDF5Error) -> Int? {
        let start = rest.startIndex
        let word = try word(8)
        guard word != .max else { return nil }
        guard let address = Int(exactly: word) else { throw .damaged("\(word) is no possible address", at: start) }
        return address
    }

    /// Four letters that every kind of block begins with.
    mutating func expect(_ signature: String) throws(HDF5Error) {
        let start = rest.startIndex
        guard try take(signature.utf8.count).elementsEqual(signature.utf8) else {
            throw .damaged("\(signature) is expected", at: start)
        }
    }
}
