extension Picture {
    /// Reads a PNG file of any colour type and depth that is not interlaced.
    ///
    /// Every checksum is verified. Memory is given for what the file's size can expand to, never for a claim alone.
    init(png file: [UInt8]) throws(PictureError) {
        let bytes = file.span.bytes
        var chunks = PNGChunks()
        let header = try PNGHeader(bytes, try chunks.next(in: bytes))
        var colors = PNGColors(header)
        var data: [UInt8] = []
        var offset = 0
        reading: while true {
            let chunk = try chunks.next(in: bytes)
            switch chunk.type {
            case "IDAT":
                if data.isEmpty { offset = chunk.content.lowerBound }
                data += file[chunk.content]
            case "PLTE": try colors.readPalette(file[chunk.content])
            case "tRNS": try colors.readTransparency(file[chunk.content])
            case "IEND": break reading
            case let type where chunk.isCritical:
                throw PictureError(fact: .chunk(type), offset: chunk.content.lowerBound - 4)
            default: break
            }
        }
        guard offset > 0 else { throw PictureError(fact: .missing("IDAT"), offset: file.count) }
        var rows: PNGRows
        do throws(InflateError) {
            rows = try PNGRows(header, data: data)
        } catch {
            throw PictureError(fact: .data(error), offset: offset)
        }
        if let (row, filter) = rows.undoFilters() {
            throw PictureError(fact: .filter(filter, row: row), offset: offset)
        }
        self = try colors.picture(rows, offset: offset)
    }
}
