/// What is wrong with a picture's file, and at which byte.
package struct PictureError: Error, Hashable, CustomStringConvertible {
    /// What a reader can find; the offset says where.
    package enum Fact: Hashable, Sendable {
        case unknown(format: String?)
        case truncated
        case empty(height: Int, width: Int)
        case tooLarge(height: Int, width: Int)
        case chunkChecksum(String)
        case chunk(String)
        case chunkLength(String, Int)
        case missing(String)
        case depth(Int, colorType: Int)
        case method(String, Int)
        case interlaced
        case paletteIndex(Int, count: Int)
        case filter(Int, row: Int)
        case data(InflateError)
        case number
        case greatestSample(Int)
        case sample(Int, greatest: Int)
        case channels(Int, wanted: Int)
    }

    package let fact: Fact

    /// The byte of the file at which it was found.
    package let offset: Int

    /// One line with the remedy, without the file's name, which the reader does not know.
    package var description: String {
        switch fact {
        case .unknown(nil):
            "not a PNG, PGM, PPM or IDX file; convert it to PNG"
        case .unknown(let format?):
            "this is \(format), and PNG, PGM, PPM and IDX files can be read; convert it to PNG"
        case .interlaced:
            "byte \(offset): the picture is interlaced; save it without interlacing"
        case .tooLarge(let height, let width):
            "byte \(offset): the picture claims \(width) × \(height) pixels, and at most "
                + "\(Picture.mostPixels) are read; scale it down"
        case .channels(let channels, let wanted):
            "a picture of \(channels) channels cannot be made one of \(wanted), which the model wants; "
                + "use an IDX file of such images"
        default:
            "byte \(offset): \(damage); save or fetch the picture again"
        }
    }

    private var damage: String {
        switch fact {
        case .truncated: "the file ends too early"
        case .empty(let height, let width): "a picture of \(width) × \(height) pixels shows nothing"
        case .chunkChecksum(let type): "the checksum of chunk \(type) is wrong"
        case .chunk(let type): "chunk \(type) is unknown and must not be skipped"
        case .chunkLength(let type, let count): "chunk \(type) cannot have \(count) bytes"
        case .missing(let type): "there is no chunk \(type)"
        case .depth(let depth, let type): "colour type \(type) with \(depth) bits does not exist"
        case .method(let what, let number): "\(what) method \(number) does not exist"
        case .paletteIndex(let index, let count): "colour \(index) is used, and the palette has \(count)"
        case .filter(let filter, let row): "row \(row) has filter \(filter), which does not exist"
        case .data(let error): "within the pixels' data, \(error)"
        case .number: "a number should be here"
        case .greatestSample(let value): "the greatest value is \(value), and must be from 1 to 65535"
        case .sample(let value, let greatest): "the value \(value) is beyond \(greatest), the greatest"
        default: "the file cannot be read"
        }
    }
}
