/// What makes colours of a PNG file's samples: the palette, and what is transparent.
struct PNGColors {
    private let header: PNGHeader
    private var palette: [[UInt8]] = []
    /// Palette: an opacity for each of its first colours. Grey and RGB: the samples of the one transparent colour.
    private var transparency: [Int] = []

    init(_ header: PNGHeader) {
        self.header = header
    }

    mutating func readPalette(_ content: ArraySlice<UInt8>) throws(PictureError) {
        guard content.count % 3 == 0, 1...256 ~= content.count / 3 else {
            throw PictureError(fact: .chunkLength("PLTE", content.count), offset: content.startIndex)
        }
        palette = stride(from: content.startIndex, to: content.endIndex, by: 3).map { Array(content[$0..<$0 + 3]) }
    }

    mutating func readTransparency(_ content: ArraySlice<UInt8>) throws(PictureError) {
        let bytes = content.map(Int.init)
        switch header.colorType {
        case .palette:
            guard 1...256 ~= bytes.count else { break }
            transparency = bytes
            return
        case .gray, .rgb:
            guard bytes.count == 2 * header.colorType.samples else { break }
            transparency = stride(from: 0, to: bytes.count, by: 2).map {
                (bytes[$0] << 8 | bytes[$0 + 1]) & header.greatest
            }
            return
        case .grayAlpha, .rgba:
            // It has no meaning here, and other readers skip it.
            return
        }
        throw PictureError(fact: .chunkLength("tRNS", bytes.count), offset: content.startIndex)
    }

    /// All pixels in eight bits a channel; `offset` is where the file's pixels begin.
    func picture(_ rows: PNGRows, offset: Int) throws(PictureError) -> Picture {
        header.colorType == .palette ? try lookUp(rows, offset: offset) : convert(rows)
    }

    /// Pixels that are numbers of colours.
    private func lookUp(_ rows: PNGRows, offset: Int) throws(PictureError) -> Picture {
        guard !palette.isEmpty else { throw PictureError(fact: .missing("PLTE"), offset: offset) }
        var colors = palette
        if !transparency.isEmpty {
            for index in colors.indices {
                colors[index].append(index < transparency.count ? UInt8(transparency[index]) : 255)
            }
        }
        let channels = colors[0].count
        var pixels: [UInt8] = []
        pixels.reserveCapacity(header.height * header.width * channels)
        for row in 0..<header.height {
            for column in 0..<header.width {
                let index = rows.sample(row: row, index: column)
                guard index < colors.count else {
                    throw PictureError(fact: .paletteIndex(index, count: colors.count), offset: offset)
                }
                pixels += colors[index]
            }
        }
        return Picture(height: header.height, width: header.width, channels: channels, pixels: pixels)
    }

    /// Pixels that are colours themselves, of which one may be transparent.
    private func convert(_ rows: PNGRows) -> Picture {
        let samples = header.colorType.samples
        let channels = samples + (transparency.isEmpty ? 0 : 1)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(header.height * header.width * channels)
        for row in 0..<header.height {
            for column in 0..<header.width {
                var isTransparent = !transparency.isEmpty
                for channel in 0..<samples {
                    let value = rows.sample(row: row, index: column * samples + channel)
                    pixels.append(byte(value, greatest: header.greatest))
                    if isTransparent { isTransparent = transparency[channel] == value }
                }
                if !transparency.isEmpty { pixels.append(isTransparent ? 0 : 255) }
            }
        }
        return Picture(height: header.height, width: header.width, channels: channels, pixels: pixels)
    }
}

/// A value from 0 to a greatest one as a byte, rounded.
func byte(_ value: Int, greatest: Int) -> UInt8 {
    UInt8((value * 255 + greatest / 2) / greatest)
}
