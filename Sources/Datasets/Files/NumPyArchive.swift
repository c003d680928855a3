/// The arrays of bytes in a NumPy archive, as Keras keeps MNIST in `mnist.npz`.
struct NumPyArchive {
    private let zip: ZipArchive

    init(_ file: [UInt8]) throws(ArchiveError) {
        zip = try ZipArchive(file)
    }

    /// One array; 2³¹ bytes are more than any data set of this size of machine.
    func array(_ name: String) throws(ArchiveError) -> IDXArray {
        let member = try zip.member(name + ".npy", limit: 1 << 31)
        let header = try NumPyHeader(of: member, name: name)
        guard ["|u1", "u1", "<u1"].contains(header.type), !header.isFortran else {
            let found = header.isFortran ? "columns first" : "elements of type \(header.type)"
            throw ArchiveError(fact: .arrayType(name, found), offset: header.start)
        }
        let elements = Array(member[header.start...])
        guard !header.shape.isEmpty, header.count == elements.count else {
            throw ArchiveError(
                fact: .arraySize(name, claimed: header.shape, bytes: elements.count), offset: header.start)
        }
        return IDXArray(dimensions: header.shape, elements: elements)
    }
}

extension DataParts {
    /// Reads the four arrays of Keras's archive.
    init(name: String, archive path: String, classNames: [String]?, origin: String) throws(DataFileError) {
        let content = try bytes(ofFile: path)
        func part(_ suffix: String) throws(DataFileError) -> LoadedPart {
            let images: IDXArray
            let labels: IDXArray
            do throws(ArchiveError) {
                let archive = try NumPyArchive(content)
                images = try archive.array("x_" + suffix)
                labels = try archive.array("y_" + suffix)
            } catch {
                throw DataFileError(file: path, fact: .archive(error))
            }
            return try LoadedPart(
                imagesFile: "\(path) (x_\(suffix))", images: images, labelsFile: "\(path) (y_\(suffix))", labels: labels
            )
        }
        try self.init(
            name: name, training: part("train"), test: part("test"), classNames: classNames, origin: origin)
    }
}
