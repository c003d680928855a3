/// What a PNG file says of its pixels before they come (PNG specification, section 11.2.1).
struct PNGHeader {
    /// What the samples of a pixel mean.
    enum ColorType: Int {
        case gray = 0
        case rgb = 2
        case palette = 3
        case grayAlpha = 4
        case rgba = 6

        var depths: [Int] {
            switch self {
            case .gray: [1, 2, 4, 8, 16]
            case .palette: [1, 2, 4, 8]
            case .rgb, .grayAlpha, .rgba: [8, 16]
            }
        }

        /// Samples of a pixel.
        var samples: Int {
            switch self {
            case .gray, .palette: 1
            case .grayAlpha: 2
            case .rgb: 3
            case .rgba: 4
            }
        }
    }

    let height: Int
    let width: Int
    let depth: Int
    let colorType: ColorType

    /// Bytes of a row without the filter before it; the last may be used in part.
    var rowBytes: Int { (width * colorType.samples * depth + 7) / 8 }

    /// How far back filters look: a pixel, or a byte where pixels are smaller.
    var pixelBytes: Int { max(1, colorType.samples * depth / 8) }

    /// The greatest value of a sample.
    var greatest: Int { 1 << depth - 1 }

    init(_ file: RawSpan, _ chunk: PNGChunks.Chunk) throws(PictureError) {
        let start = chunk.content.lowerBound
        guard chunk.type == "IHDR" else { throw PictureError(fact: .missing("IHDR"), offset: start - 4) }
        guard chunk.content.count == 13 else {
            throw PictureError(fact: .chunkLength("IHDR", chunk.content.count), offset: start)
        }
        width = Int(file.bigEndianWord(at: start))
        height = Int(file.bigEndianWord(at: start + 4))
        try Picture.check(height: height, width: width, offset: start)
        depth = Int(file[start + 8])
        let type = Int(file[start + 9])
        guard let colorType = ColorType(rawValue: type), colorType.depths.contains(depth) else {
            throw PictureError(fact: .depth(depth, colorType: type), offset: start + 8)
        }
        self.colorType = colorType
        for (place, name) in [(10, "compression"), (11, "filter")] where file[start + place] != 0 {
            throw PictureError(fact: .method(name, Int(file[start + place])), offset: start + place)
        }
        switch file[start + 12] {
        case 0: break
        case 1: throw PictureError(fact: .interlaced, offset: start + 12)
        case let method: throw PictureError(fact: .method("interlace", Int(method)), offset: start + 12)
        }
    }
}
