/// What a file is, told from its first bytes.
enum PictureFormat {
    case png
    case netpbm
    case idx

    init(of file: [UInt8]) throws(PictureError) {
        if file.starts(with: PNGChunks.signature) {
            self = .png
        } else if file.count > 1, file[0] == UInt8(ascii: "P"), [2, 3, 5, 6].contains(Int(file[1]) - 48) {
            self = .netpbm
        } else if file.starts(with: [0, 0]) || Gzip.isGzip(file.span.bytes) {
            self = .idx
        } else {
            let format = Self.others.first { start, _ in file.starts(with: start) }?.name
            throw PictureError(fact: .unknown(format: format), offset: 0)
        }
    }

    /// What people will try, so that the message names it.
    private static let others: [(start: [UInt8], name: String)] = [
        ([0xFF, 0xD8, 0xFF], "a JPEG file"), (Array("GIF8".utf8), "a GIF file"), (Array("BM".utf8), "a BMP file"),
        (Array("RIFF".utf8), "a WebP file"), (Array("II*".utf8), "a TIFF file"), (Array("MM\0*".utf8), "a TIFF file"),
        (Array("P1".utf8), "a PBM file"), (Array("P4".utf8), "a PBM file"), (Array("P7".utf8), "a PAM file"),
        (Array("%PDF".utf8), "a PDF file"), (Array("<".utf8), "an SVG or HTML file"),
        (Array("PK".utf8), "a zip archive"), ([0x93] + Array("NUMPY".utf8), "a NumPy array"),
    ]
}
