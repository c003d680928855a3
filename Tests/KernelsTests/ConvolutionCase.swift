import Kernels
import TestSupport
import Testing

/// The lengths of one convolution to be compared with its definition.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
    var size = (8, 8)
    var window = (3, 3)
    var strides = (1, 1)
    var same = false
    var channels = 3
    var filters = 16
    var images = 2

    var shape: ConvolutionShape {
        ConvolutionShape(
            vertical: Windows(size: size.0, window: window.0, stride: strides.0, same: same)!,
            horizontal: Windows(size: size.1, window: window.1, stride: strides.1, same: same)!,
            channels: channels, filters: filters)
    }

    var testDescription: String {
        "\(images) × \(size.0)×\(size.1)×\(channels), \(window.0)×\(window.1) by \(strides.0),\(strides.1)"
            + "\(same ? " same" : "") → \(filters)"
    }

    /// Chosen because something about each is an edge.
    static let odd: [ConvolutionCase] = [
        ConvolutionCase(size: (1, 1), window: (1, 1), channels: 1, filters: 1, images: 1),
        ConvolutionCase(size: (1, 1), window: (3, 3), same: true, channels: 1, filters: 1),
        ConvolutionCase(size: (1, 1), window: (5, 4), strides: (3, 2), same: true, channels: 17, filters: 33),
        ConvolutionCase(size: (5, 7), window: (5, 7), channels: 2, filters: 20),
        ConvolutionCase(size: (5, 7), window: (1, 1), channels: 17, filters: 33, images: 5),
        ConvolutionCase(size: (2, 2), window: (1, 1), same: true, channels: 65, filters: 24, images: 9),
        ConvolutionCase(size: (11, 13), window: (1, 1), channels: 400, filters: 31, images: 2),
        ConvolutionCase(size: (5, 6), window: (1, 1), strides: (2, 1), channels: 9, filters: 40),
        ConvolutionCase(size: (9, 8), window: (2, 1), strides: (3, 4), channels: 17, filters: 17),
        ConvolutionCase(size: (9, 8), window: (2, 1), strides: (4, 3), same: true, channels: 1, filters: 65),
        ConvolutionCase(size: (10, 10), window: (3, 3), strides: (5, 5), channels: 33, filters: 2),
        ConvolutionCase(size: (7, 6), window: (2, 4), strides: (2, 3), same: true, channels: 5, filters: 31),
        ConvolutionCase(size: (6, 6), window: (4, 4), same: true, channels: 16, filters: 16),
        ConvolutionCase(size: (4, 4), window: (9, 9), same: true, channels: 3, filters: 8),
        ConvolutionCase(size: (4, 4), window: (2, 2), strides: (100, 100), same: true, channels: 3, filters: 8),
        ConvolutionCase(size: (28, 28), window: (3, 3), channels: 1, filters: 32, images: 3),
        ConvolutionCase(size: (13, 13), window: (3, 3), channels: 32, filters: 64, images: 3),
        ConvolutionCase(size: (3, 3), window: (3, 3), same: true, channels: 64, filters: 100),
        ConvolutionCase(size: (3, 14), window: (3, 3), same: true, channels: 65, filters: 33, images: 1),
    ]

    /// Every height of a tile, over panels of every width, whole and partial.
    static let tiles: [ConvolutionCase] = (1...13).flatMap { width in
        [8, 16, 31, 32, 48, 64, 100].map { filters in
            ConvolutionCase(
                size: (2, width), window: (2, 1), channels: width % 3 + 1, filters: filters, images: 1)
        }
    }

    static let random: [ConvolutionCase] = {
        var noise = Noise("convolutions")
        return (0..<80).map { _ in
            let same = noise.integer(in: 0...1) == 1
            let size = (noise.integer(in: 1...11), noise.integer(in: 1...15))
            return ConvolutionCase(
                size: size,
                window: (noise.integer(in: 1...(same ? 6 : size.0)), noise.integer(in: 1...(same ? 6 : size.1))),
                strides: (noise.integer(in: 1...4), noise.integer(in: 1...4)), same: same,
                channels: noise.pick([1, 2, 3, 8, 15, 16, 17, 33]),
                filters: noise.pick([1, 2, 7, 16, 17, 32, 33, 48, 64, 65, 100]), images: noise.integer(in: 1...3))
        }
    }()

    static let all = odd + tiles + random
}
