import Analysis
import Datasets
import Reporting
import Tensors

/// An image that is looked at.
struct InspectedImage {
    /// As the network takes it, from 0 to 1.
    let values: [Float]
    let pixels: PixelImage
    /// Where it comes from: `test image 12`.
    let title: String
    /// The true class, where it is known.
    let label: Int?
}

extension Inspection {
    /// The image of a choice, or else the first of the test images.
    func image(_ choice: InspectionChoice.Image?) throws -> InspectedImage {
        if case .file(let path) = choice {
            let picture = try PictureFile(at: path).fitted(0, to: network.input, inverting: true).picture
            let pixels = pixelImage(picture.pixels[...], height: picture.height, width: picture.width)
            return InspectedImage(
                values: picture.pixels.map { Float($0) / 255 }, pixels: pixels, title: displayable(path), label: nil)
        }
        let number = if case .test(let number) = choice { number } else { 0 }
        return try testImage(number)
    }

    func testImage(_ number: Int) throws -> InspectedImage {
        let images = try testImages()
        guard (0..<images.count).contains(number) else { throw InspectionError.image(number, count: images.count) }
        return InspectedImage(
            values: images.image(number).map { Float($0) / 255 }, pixels: pixelImage(images, number),
            title: "test image \(number)", label: Int(images.labels[number]))
    }
}

/// One image of a set, as pixels of a picture.
func pixelImage(_ dataset: Dataset, _ number: Int) -> PixelImage {
    pixelImage(dataset.image(number), height: dataset.height, width: dataset.width)
}

/// Bytes as pixels: one channel is grey, three are colours, and of any other number the mean is shown.
func pixelImage(_ bytes: ArraySlice<UInt8>, height: Int, width: Int) -> PixelImage {
    let channels = bytes.count / (height * width)
    if channels == 1 || channels == 3 {
        return PixelImage(width: width, height: height, channels: channels, bytes: Array(bytes))
    }
    let grey = stride(from: bytes.startIndex, to: bytes.endIndex, by: channels).map { first in
        UInt8(bytes[first..<first + channels].reduce(0) { $0 + Int($1) } / channels)
    }
    return PixelImage(width: width, height: height, bytes: grey)
}

/// What readers should know of images whose channels cannot be shown.
func channelNotes(_ channels: Int) -> [String] {
    [1, 3].contains(channels) ? [] : ["Images of \(channels) channels are shown as the mean of them."]
}
