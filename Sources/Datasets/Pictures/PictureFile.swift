import Tensors

/// The pictures of a file, whatever its format: the one of a PNG, PGM or PPM file, all of an IDX file.
package struct PictureFile: Sendable {
    /// As the user typed it.
    package let path: String

    /// Whether it is a data set's file, whose images are all as a model learns them.
    package let isIDX: Bool

    private let height, width, channels: Int
    private let pixels: [UInt8]

    private var imageSize: Int { height * width * channels }

    /// Reads a file; its content decides what it is, not its name.
    package init(at path: String) throws(DataFileError) {
        try self.init(bytes(ofFile: path), called: path)
    }

    /// Reads what a file holds, or what came from elsewhere and is called so in messages.
    package init(_ content: [UInt8], called path: String) throws(DataFileError) {
        let picture: Picture?
        do throws(PictureError) {
            picture =
                switch try PictureFormat(of: content) {
                case .png: try Picture(png: content)
                case .netpbm: try Picture(netpbm: content)
                case .idx: nil
                }
        } catch {
            throw DataFileError(file: path, fact: .picture(error))
        }
        self.path = path
        if let picture {
            isIDX = false
            (height, width, channels, pixels) = (picture.height, picture.width, picture.channels, picture.pixels)
            return
        }
        let array: IDXArray
        do throws(IDXError) {
            array = try IDXArray(content)
        } catch {
            throw DataFileError(file: path, fact: .idx(error))
        }
        let sizes = array.dimensions
        guard 3...4 ~= sizes.count else {
            throw DataFileError(file: path, fact: .dimensions(sizes, expected: "3 (images, rows, columns)"))
        }
        guard !array.elements.isEmpty else { throw DataFileError(file: path, fact: .empty) }
        isIDX = true
        (height, width, channels) = (sizes[1], sizes[2], sizes.count == 4 ? sizes[3] : 1)
        pixels = array.elements
    }

    /// How many pictures there are.
    package var count: Int { pixels.count / imageSize }

    /// One of them as it is in the file.
    package subscript(index: Int) -> Picture {
        Picture(
            height: height, width: width, channels: channels,
            pixels: Array(pixels[index * imageSize..<(index + 1) * imageSize]))
    }

    /// One of them in a model's input shape; those of an IDX file are what models learn from and are never inverted.
    package func fitted(_ index: Int, to shape: Shape, inverting: Bool) throws(DataFileError) -> FittedPicture {
        do throws(PictureError) {
            return try self[index].fitted(to: shape, inverting: inverting && !isIDX)
        } catch {
            throw DataFileError(file: path, fact: .picture(error))
        }
    }
}
