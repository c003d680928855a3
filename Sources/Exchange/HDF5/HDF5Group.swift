/// A group of an HDF5 file, which is what a folder is on a disk; a file is its root group.
///
///     let file = try HDF5Group(parsing: bytes)
///     let kernel = file.dataset(at: "layers/conv2d/vars/0")?.values
///
/// As much of HDF5 as Keras's files have: groups, attributes, and datasets that lie in one piece.
package struct HDF5Group: Sendable {
    package var attributes: [(name: String, value: HDF5Attribute)] = []
    /// When read from a file, in the order of their names' bytes, as are `datasets`.
    package var groups: [(name: String, group: HDF5Group)] = []
    package var datasets: [(name: String, dataset: HDF5Dataset)] = []

    /// How every HDF5 file begins.
    static let signature: [UInt8] = [0x89] + Array("HDF\r\n\u{1A}\n".utf8)

    package init() {}

    /// Decodes a file; memory and time are bounded by a multiple of the file's size, whatever it says.
    package init(parsing bytes: [UInt8]) throws(HDF5Error) {
        var reader = HDF5Reader(bytes)
        self = try reader.root()
    }

    /// The encoded file; equal contents give equal bytes. Attributes that could not be read are left out.
    ///
    /// Throws when a name or an attribute is longer than the format allows.
    package var bytes: [UInt8] {
        get throws(HDF5Error) { try HDF5Writer.file(of: self) }
    }

    /// A group within groups: "layers/conv2d_1/vars". The empty path is the group itself.
    package func group(at path: String) -> HDF5Group? {
        var place = self
        for name in path.split(separator: "/") {
            guard let next = place.groups.first(where: { $0.name == name }) else { return nil }
            place = next.group
        }
        return place
    }

    /// A dataset within groups: "layers/conv2d_1/vars/0".
    package func dataset(at path: String) -> HDF5Dataset? {
        let names = path.split(separator: "/")
        guard let last = names.last else { return nil }
        return group(at: names.dropLast().joined(separator: "/"))?.datasets.first { $0.name == last }?.dataset
    }

    package func attribute(_ name: String) -> HDF5Attribute? { attributes.first { $0.name == name }?.value }
}

/// Numbers with a shape. Files may hold them in other types; those are rounded to `Float`.
package struct HDF5Dataset: Sendable {
    package let shape: [Int]
    /// In row-major order, as many as the shape says.
    package let values: [Float]
    package var attributes: [(name: String, value: HDF5Attribute)] = []

    package init(shape: [Int], values: [Float]) {
        precondition(shape.reduce(1, *) == values.count)
        self.shape = shape
        self.values = values
    }
}

/// A small value beside a group or a dataset.
package enum HDF5Attribute: Sendable, Equatable {
    case text(String)
    case texts([String])
    /// Numbers of any shape, one for a scalar.
    case integers([Int])
    /// Also what h5py makes of any empty list.
    case floats([Double])
    /// There, but of a type that nothing here needs.
    case unreadable
}
