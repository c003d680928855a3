// Which kernel computes what: every choice between variants, and every threshold it is made by.
//
// A variant that cannot compute a shape says so itself, by an initializer that fails. This file says which of those that can is
// the fastest. It looks at shapes alone, never at the number of threads or a clock, because variants add in different orders:
// the same config must choose the same orders everywhere to give the same bits.
//
// Not here, because nothing is weighed: code written for one window (two by two, three by three) and pairs of images run
// wherever they fit; register tiles have the shapes that the machine's registers allow (Product.swift); blocks are as large as
// a cache.

/// A kernel among several that compute the same function.
package protocol KernelVariant: Sendable {
    /// Its name in listings.
    var label: String { get }
}

/// The numbers that choices are made by.
private enum Threshold {
    /// Channels, and filters, below which a Winograd convolution does not earn its transforms: those take a fixed time for each
    /// channel and each filter, while what they save grows with the product of both.
    static let winogradChannels = 16
    /// The least ratio of direct multiplications to Winograd's. Tiles that reach beyond a small image compute in vain, and below
    /// one and a half the transforms take more than is saved.
    static let winogradSaving = (direct: 3, winograd: 2)
    /// Tiles of the smallest image that Winograd's kernel gradient sums by itself. Chains that end with an image are short, which
    /// keeps rounding errors small, but for fewer tiles than this, fetching the sums costs more than multiplying.
    static let imageTiles = 36
    /// Floats of a kernel's components that are fetched from L3 or from memory for each block of tiles: 4 MB.
    static let streamedKernel = 1 << 20
    /// Floats of the largest sums of Winograd's kernel gradient of which every thread has its own: 2 MB, of which most stay in L2.
    static let gatheredSums = 1 << 19
    /// Products of the longest sum that is computed for four pixels at once and compared in registers. For longer ones, a tile of
    /// a product needs fewer loads.
    static let shortSum = 32
    /// Positions of a pool's window for which lists are made. With fewer than four, more than a quarter of the gradient is not
    /// zero; and each position has a list of its own, all of which should stay in the L1 cache.
    static let listedPositions = 4...64
    /// Floats of a row of the kernel over all channels, at least, that an entry of a list is worth: one vector of sixteen.
    static let listedRun = 16
    /// Positions of the largest pool's window behind a narrow convolution. Each takes a multiplication by a vector that is zero
    /// in all lanes but those of its winners.
    static let narrowPositions = 64
    /// Floats of a frame from which on it is cut into strips of a vector of channels: the L1 cache (32 KB).
    static let frameFloats = 8192
    /// Weights of the smallest wide dense layer: 256 KB, which every group of images would fetch from L2 or beyond.
    static let wideWeights = 1 << 16
    /// Outputs from which on lists of a picture's pixels are worth making: four panels of sixty-four columns read each.
    static let listedOutputs = 256
    /// Strips of low tiles in a row of the result from which on low tiles are worth it: more steps are zero in all of four rows
    /// than of six, but they must be searched for more often, and every strip uses what was found.
    static let lowTileStrips = 4
}

// MARK: Convolutions

/// How a convolution is computed, and its gradients if they go over whole images.
package enum ConvolutionVariant: KernelVariant {
    /// Every product of the definition.
    case direct
    /// Fewer products, between transforms of tiles.
    case winograd(Winograd)

    package var label: String {
        switch self {
        case .direct: "direct"
        case .winograd(let winograd): "Winograd \(winograd.side.rawValue)×\(winograd.side.rawValue)"
        }
    }
}

extension ConvolutionShape {
    /// The fastest variant, for the convolution and both gradients.
    package var variant: ConvolutionVariant { fastWinograd.map(ConvolutionVariant.winograd) ?? .direct }

    /// Winograd's algorithm where it is faster than the direct one, with the tiles that multiply less.
    package var fastWinograd: Winograd? {
        guard channels >= Threshold.winogradChannels, filters >= Threshold.winogradChannels,
            let small = Winograd(self, .two), let large = Winograd(self, .four)
        else { return nil }
        let winograd = large.multiplications <= small.multiplications ? large : small
        let direct = vertical.count * horizontal.count * 9
        return Threshold.winogradSaving.winograd * direct >= Threshold.winogradSaving.direct * winograd.multiplications
            ? winograd : nil
    }
}

extension Winograd {
    /// Tiles that are worked on at a time: enough rows to be worth fetching a kernel's panel for, few enough for a block to stay in
    /// the cache.
    var tilesOfBlock: Int { components * shape.channels * shape.filters > Threshold.streamedKernel ? 64 : 48 }

    /// Whether the kernel gradient sums image by image.
    package var sumsByImage: Bool { tiles >= Threshold.imageTiles }

    /// Whether the kernel gradient is cut by filters, too, because its sums are many.
    package var cutsKernelGradient: Bool { WinogradKernelSums(self).floats > Threshold.gatheredSums }
}

// MARK: Convolutions with their pools

/// How a convolution computes the maxima of the pool behind it.
package enum ConvolutionMaximaVariant: KernelVariant {
    /// Through a strip of rows, as high as a window.
    case direct
    /// Sums and maxima stay in registers.
    case short
    /// The same for two images in one vector.
    case shortPairs
    /// From Winograd's tiles.
    case winograd(Winograd)

    package var label: String {
        switch self {
        case .direct: "direct"
        case .short: "in registers"
        case .shortPairs: "in registers, pairs of images"
        case .winograd(let winograd): ConvolutionVariant.winograd(winograd).label
        }
    }
}

extension ConvolutionMaximaShape {
    /// Nil where a convolution and its pool are faster one after the other, or cannot be joined.
    package init?(_ convolution: ConvolutionShape, _ pool: PoolingShape) {
        switch convolution.variant {
        // A pool that does not fit Winograd's tiles is not worth giving up Winograd's algorithm.
        case .winograd(let winograd): self.init(winograd, pool)
        case .direct: self.init(direct: convolution, pool, inRegisters: convolution.depth <= Threshold.shortSum)
        }
    }

    /// The fastest input gradient.
    package var inputGradient: PooledInputGradientVariant {
        PooledConvolutionShape(convolution, pool).map(PooledInputGradientVariant.lists) ?? .image(convolution.variant)
    }

    /// The fastest kernel gradient.
    package var kernelGradient: PooledKernelGradientVariant {
        if let lists = PooledConvolutionShape(convolution, pool) { return .lists(lists) }
        if let narrow = NarrowConvolutionShape(convolution, pool) { return .narrow(narrow) }
        return .image(convolution.variant)
    }
}

/// How the input gradient of a convolution behind which a pool stands is computed.
package enum PooledInputGradientVariant: KernelVariant {
    /// From lists of the maxima whose gradient is not zero.
    case lists(PooledConvolutionShape)
    /// From the gradient of the convolution's result, in which most is zero.
    case image(ConvolutionVariant)

    package var label: String {
        switch self {
        case .lists: "lists behind the pool"
        case .image(let variant): variant.label
        }
    }
}

/// How the kernel gradient of a convolution behind which a pool stands is computed.
package enum PooledKernelGradientVariant: KernelVariant {
    /// From lists of the maxima whose gradient is not zero.
    case lists(PooledConvolutionShape)
    /// From the patches that won, for few channels.
    case narrow(NarrowConvolutionShape)
    /// From the gradient of the convolution's result, in which most is zero.
    case image(ConvolutionVariant)

    package var label: String {
        switch self {
        case .lists: "lists behind the pool"
        case .narrow: "narrow"
        case .image(let variant): variant.label
        }
    }
}

extension PooledConvolutionShape {
    /// Nil where lists do not pay, or cannot be made.
    package init?(_ convolution: ConvolutionShape, _ pool: PoolingShape) {
        guard Threshold.listedPositions ~= pool.vertical.window * pool.horizontal.window,
            convolution.horizontal.window * convolution.channels >= Threshold.listedRun
        else { return nil }
        self.init(possible: convolution, pool)
    }

    /// Whether the kernel gradient cuts frames into strips of channels, where channels are whole vectors.
    var cutsFrames: Bool { convolution.frameCount > Self.cachedFloats && convolution.channels % laneCount == 0 }

    /// Floats that the kernel gradient reads over and over: no more than the L1 cache holds.
    static var cachedFloats: Int { Threshold.frameFloats }
}

extension NarrowConvolutionShape {
    /// Nil where the kernel gradient does not pay, or cannot be computed from patches.
    package init?(_ convolution: ConvolutionShape, _ pool: PoolingShape) {
        guard pool.vertical.window * pool.horizontal.window <= Threshold.narrowPositions else { return nil }
        self.init(possible: convolution, pool)
    }
}

// MARK: Dense layers

/// How a dense layer is computed.
package enum DenseVariant: KernelVariant {
    /// Each group of images goes through packed weights.
    case groups
    /// The whole batch at once, a panel of weights after the other, where they lie.
    case wide
    /// The same for pictures, without what is zero in all pictures of a tile.
    case widePictures
    /// The same from lists of pixels, made once a batch.
    case wideLists

    package var label: String {
        switch self {
        case .groups: "packed"
        case .wide: "wide"
        case .widePictures: "wide, margins of pictures left out"
        case .wideLists: "wide, pictures in lists"
        }
    }
}

extension DenseShape {
    /// The fastest variant; for pictures, of which many pixels are zero, or for other features.
    package func variant(ofPictures readsPictures: Bool) -> DenseVariant {
        guard isWide else { return .groups }
        guard readsPictures else { return .wide }
        return listsPictures ? .wideLists : .widePictures
    }

    /// Whether weights are so many that groups of images, each reading all of them, would wait for memory.
    package var isWide: Bool { inputs * outputs >= Threshold.wideWeights && hasWholeVectors }

    /// Whether pictures are listed (TileLists.swift) instead of searched for zeros: for so many outputs that each list is read often.
    package var listsPictures: Bool { isWide && outputs >= Threshold.listedOutputs }
}

extension SparseTiles {
    /// Whether rows of so many vectors are cut into tiles that are low, and `widest` vectors wide.
    static func areLow(vectors: Int, widest: Int) -> Bool { vectors >= Threshold.lowTileStrips * widest }
}
