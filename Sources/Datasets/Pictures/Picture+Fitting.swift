import Tensors

/// A picture in a model's input shape, and how it was changed to get there.
package struct FittedPicture: Sendable, Hashable {
    /// Of just the shape that was wanted.
    package let picture: Picture

    /// What was done, in the order in which it was.
    package let steps: [PictureStep]
}

extension Picture {
    /// The picture in a model's input shape: height, width, channels.
    ///
    /// Models learn light strokes on a dark ground; a grey picture whose border is lighter than the middle of its range is
    /// taken to be the reverse. What colours mean to a model nobody knows: those are never inverted.
    package func fitted(to shape: Shape, inverting: Bool = true) throws(PictureError) -> FittedPicture {
        var steps: [PictureStep] = []
        var picture = try inChannels(shape[2], &steps)
        if inverting, shape[2] == 1, picture.isDarkOnLight {
            picture = picture.inverted
            steps.append(.inverted)
        }
        if (picture.height, picture.width) != (shape[0], shape[1]) {
            picture = picture.resized(height: shape[0], width: shape[1], &steps)
        }
        return FittedPicture(picture: picture, steps: steps)
    }

    private func inChannels(_ wanted: Int, _ steps: inout [PictureStep]) throws(PictureError) -> Picture {
        if channels == wanted { return self }
        guard 1...4 ~= channels, wanted == 1 || wanted == 3 else {
            throw PictureError(fact: .channels(channels, wanted: wanted), offset: 0)
        }
        let picture = channels % 2 == 0 ? opaque(&steps) : self
        if picture.channels == wanted { return picture }
        return wanted == 1 ? picture.grey(&steps) : picture.repeated(&steps)
    }

    /// Without opacity, which is the last of two or four channels: over white, as paper is, or over black, where on white nothing
    /// could be seen.
    private func opaque(_ steps: inout [PictureStep]) -> Picture {
        let ground = isLightOnNothing ? 0 : 255
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count)
        var isSeen = false
        for start in stride(from: 0, to: pixels.count, by: channels) {
            let opacity = Int(pixels[start + channels - 1])
            if opacity < 255 { isSeen = true }
            for value in pixels[start..<start + channels - 1] {
                result.append(byte(Int(value) * opacity + ground * (255 - opacity), greatest: 255 * 255))
            }
        }
        if isSeen { steps.append(ground == 0 ? .laidOverBlack : .laidOverWhite) }
        return Picture(height: height, width: width, channels: channels - 1, pixels: result)
    }

    /// Whether some of the picture is transparent, and all that is not is light.
    private var isLightOnNothing: Bool {
        let starts = stride(from: 0, to: pixels.count, by: channels)
        let visible = starts.filter { pixels[$0 + channels - 1] > 127 }
        return !visible.isEmpty && visible.count < pixels.count / channels
            && visible.allSatisfy { start in pixels[start..<start + channels - 1].allSatisfy { $0 > 127 } }
    }

    /// Luma of a colour, weighted as for television (ITU-R BT.601).
    private func grey(_ steps: inout [PictureStep]) -> Picture {
        var result: [UInt8] = []
        result.reserveCapacity(height * width)
        var isSeen = false
        for start in stride(from: 0, to: pixels.count, by: 3) {
            let (red, green, blue) = (Int(pixels[start]), Int(pixels[start + 1]), Int(pixels[start + 2]))
            if red != green || green != blue { isSeen = true }
            result.append(byte(299 * red + 587 * green + 114 * blue, greatest: 255 * 1000))
        }
        if isSeen { steps.append(.madeGrey) }
        return Picture(height: height, width: width, channels: 1, pixels: result)
    }

    /// Grey in three channels.
    private func repeated(_ steps: inout [PictureStep]) -> Picture {
        steps.append(.repeated(channels: 3))
        return Picture(height: height, width: width, channels: 3, pixels: pixels.flatMap { [$0, $0, $0] })
    }
}
