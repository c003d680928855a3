/// The rows of a PNG file once they are decompressed: filters undone, samples found.
struct PNGRows {
    private let header: PNGHeader
    private var bytes: [UInt8]

    /// Takes the content of all IDAT chunks, joined.
    init(_ header: PNGHeader, data: [UInt8]) throws(InflateError) {
        self.header = header
        bytes = try Zlib.decompress(data.span.bytes, count: header.height * (header.rowBytes + 1))
    }

    /// Adds to each byte what its row's filter foretold of it (PNG specification, section 9); returns the first row whose
    /// filter does not exist.
    mutating func undoFilters() -> (row: Int, filter: Int)? {
        let header = header
        var bytes = self.bytes.mutableSpan
        let step = header.pixelBytes
        let stride = header.rowBytes + 1
        for row in 0..<header.height {
            let start = row * stride + 1
            let filter = bytes[start - 1]
            guard filter <= 4 else { return (row, Int(filter)) }
            if filter == 0 { continue }
            for place in start..<start + header.rowBytes {
                let hasLeft = place >= start + step
                let left = hasLeft ? bytes[place - step] : 0
                let above = row > 0 ? bytes[place - stride] : 0
                switch filter {
                case 1: bytes[place] &+= left
                case 2: bytes[place] &+= above
                case 3: bytes[place] &+= UInt8((Int(left) + Int(above)) / 2)
                default:
                    let corner = hasLeft && row > 0 ? bytes[place - stride - step] : 0
                    bytes[place] &+= Self.nearest(Int(left), Int(above), Int(corner))
                }
            }
        }
        return nil
    }

    /// Paeth's predictor: of three neighbours the one nearest to left + above − corner.
    private static func nearest(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
        let toLeft = abs(above - corner)
        let toAbove = abs(left - corner)
        let toCorner = abs(left + above - 2 * corner)
        if toLeft <= toAbove && toLeft <= toCorner { return UInt8(left) }
        return UInt8(toAbove <= toCorner ? above : corner)
    }

    /// One sample; where several share a byte, the first has the highest bits.
    func sample(row: Int, index: Int) -> Int {
        let start = row * (header.rowBytes + 1) + 1
        switch header.depth {
        case 8: return Int(bytes[start + index])
        case 16: return Int(bytes[start + 2 * index]) << 8 | Int(bytes[start + 2 * index + 1])
        case let depth:
            let bit = index * depth
            return Int(bytes[start + bit / 8]) >> (8 - depth - bit % 8) & header.greatest
        }
    }
}
