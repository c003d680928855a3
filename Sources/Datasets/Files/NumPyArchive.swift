/// The arrays of bytes in a NumPy archive, as Keras keeps MNIST in `mnist.npz`.
struct NumPyArchive {
    private let zip: ZipArchive

    init(_ file: [UInt8]) throws(ArchiveError) {
        zip = try ZipArchive(file)
    }

    /// One array; 2³¹ bytes are more than any data set of this size of machine.
    func array(_ name: String) throws(ArchiveError) -> IDXArray {
        let member = try zip.member(name + ".npy", limit: 1 << 31)
        let bytes = member.span.bytes
        guard member.count >= 12, member.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw ArchiveError(fact: .notArray(name), offset: 0)
        }
        // Version 1 gives the header's length two bytes, later ones four.
        let isFirstVersion = member[6] == 1
        let start = isFirstVersion ? 10 : 12
        let length = isFirstVersion ? bytes.half(at: 8) : Int(bytes.word(at: 8))
        guard start + length <= member.count else { throw ArchiveError(fact: .notArray(name), offset: 8) }
        let header = String(decoding: member[start..<start + length], as: UTF8.self)

        let type = Self.value(of: "descr", in: header)
        let isFortran = Self.value(of: "fortran_order", in: header)
        guard ["'|u1'", "'u1'", "'<u1'"].contains(type), isFortran == "False" else {
            let found = isFortran == "True" ? "columns first" : "elements of type \(type ?? "unknown")"
            throw ArchiveError(fact: .arrayType(name, found), offset: start)
        }
        let sizes = (Self.value(of: "shape", in: header) ?? "").split(separator: ",").map { size in
            Int(size.filter { !$0.isWhitespace }) ?? -1
        }
        let elements = Array(member[(start + length)...])
        var product = 1
        for size in sizes where product >= 0 {
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            product = overflow || size < 0 ? -1 : next
        }
        guard !sizes.isEmpty, product == elements.count else {
            throw ArchiveError(fact: .arraySize(name, claimed: sizes, bytes: elements.count), offset: start)
        }
        return IDXArray(dimensions: sizes, elements: elements)
    }

    /// The header is a Python dictionary of three entries, always written alike.
    private static func value(of key: String, in header: String) -> String? {
        guard let place = header.firstRange(of: "'\(key)':") else { return nil }
        let rest = header[place.upperBound...].drop { $0 == " " }
        if rest.first == "(" { return String(rest.dropFirst().prefix { $0 != ")" }) }
        return String(rest.prefix { $0 != "," && $0 != "}" })
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
