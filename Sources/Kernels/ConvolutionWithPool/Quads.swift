#if LANE_PERMUTATIONS && hasFeature(BuiltinModule)
import Builtin
#endif

// For every pixel the four that a window of two by two selects from: itself, its right neighbour, and the two below.
//
// Behind a max pool each filter's gradient belongs to the place that won. Where the pixels of the four places are contiguous,
// one instruction gives every lane its winner's pixel, and one multiplication replaces four of which three are by zero. Quads
// take four times the memory of an image, and are made once for all filters.

/// A position in a row of pixels, of which every lane sees its winner's.
struct ChosenPixels<P: QuadPixel>: PixelRow {
    private let quads: UnsafePointer<P>
    private let choice: LaneBits

    @inline(__always)
    init(_ quads: UnsafePointer<P>, _ choice: LaneBits) {
        self.quads = quads
        self.choice = choice
    }

    @inline(__always) var spread: Lanes { P.chosen(of: quads, choice) }
    @inline(__always) func advanced(by pixels: Int) -> ChosenPixels { ChosenPixels(quads + 4 * pixels, choice) }
}

/// A pixel that quads can be made of.
protocol QuadPixel: Pixel {
    /// A vector of contiguous pixels.
    associatedtype Vector: Interleavable & BitwiseCopyable

    /// For every lane the number of its winner's float in a quad.
    static func choice(of winners: LaneBits) -> LaneBits
    static func chosen(of quad: UnsafePointer<Self>, _ choice: LaneBits) -> Lanes
}

extension QuadPixel {
    /// Writes the quads of the first `count` pixels.
    static func fillQuads(
        count: Int, _ image: UnsafePointer<Self>, right: Int, down: Int, to quads: UnsafeMutablePointer<Self>
    ) {
        let together = MemoryLayout<Vector>.size / MemoryLayout<Self>.size
        let whole = count / together * together
        for first in stride(from: 0, to: whole, by: together) {
            @inline(__always)
            func pixels(_ distance: Int) -> Vector {
                UnsafeRawPointer(image + first + distance).loadUnaligned(as: Vector.self)
            }
            let (left, laterLeft) = pixels(0).interleaved(with: pixels(down))
            let (right, laterRight) = pixels(right).interleaved(with: pixels(right + down))
            let (a, b) = left.interleaved(with: right)
            let (c, d) = laterLeft.interleaved(with: laterRight)
            let target = UnsafeMutableRawPointer(quads + 4 * first)
            target.storeBytes(of: a, as: Vector.self)
            target.storeBytes(of: b, toByteOffset: MemoryLayout<Vector>.size, as: Vector.self)
            target.storeBytes(of: c, toByteOffset: 2 * MemoryLayout<Vector>.size, as: Vector.self)
            target.storeBytes(of: d, toByteOffset: 3 * MemoryLayout<Vector>.size, as: Vector.self)
        }
        for pixel in whole..<max(whole, count) {
            quads[4 * pixel] = image[pixel]
            quads[4 * pixel + 1] = image[pixel + right]
            quads[4 * pixel + 2] = image[pixel + down]
            quads[4 * pixel + 3] = image[pixel + right + down]
        }
    }
}

#if LANE_PERMUTATIONS && hasFeature(BuiltinModule)

extension Lanes {
    /// As many floats from memory as the type holds; the other lanes are undefined.
    @inline(__always)
    fileprivate init<First: BitwiseCopyable>(beginningWith type: First.Type, at address: UnsafeRawPointer) {
        self = .zero
        let first = address.loadUnaligned(as: type)
        withUnsafeMutableBytes(of: &self) { $0.storeBytes(of: first, as: type) }
    }

    /// Every lane replaced by the lane of that number.
    @_transparent
    fileprivate func lanes(_ numbers: LaneBits) -> Lanes {
        var chosen = self
        #if WIDE_LANES
        chosen._storage._value = Builtin.int_x86_avx512_permvar_sf_512(_storage._value, numbers._storage._value)
        #else
        chosen._storage._value = Builtin.int_x86_avx2_permps(_storage._value, numbers._storage._value)
        #endif
        return chosen
    }
}

extension Float: QuadPixel {
    typealias Vector = Lanes

    @_transparent static func choice(of winners: LaneBits) -> LaneBits { winners }
    @_transparent static func chosen(of quad: UnsafePointer<Float>, _ choice: LaneBits) -> Lanes {
        Lanes(beginningWith: SIMD4<Float>.self, at: quad).lanes(choice)
    }
}

extension PixelPair: QuadPixel {
    typealias Vector = LanePairs

    /// In a quad, as in lanes, the floats of both images are interleaved.
    @_transparent static func choice(of winners: LaneBits) -> LaneBits {
        var second = LaneBits.zero
        second.oddHalf = .one
        return winners &+ winners &+ second
    }
    @_transparent static func chosen(of quad: UnsafePointer<PixelPair>, _ choice: LaneBits) -> Lanes {
        Lanes(beginningWith: SIMD8<Float>.self, at: quad).lanes(choice)
    }
}

#else

extension QuadPixel {
    @_transparent static func choice(of winners: LaneBits) -> LaneBits { winners }

    /// Without the instruction, three selections between two.
    @_transparent static func chosen(of quad: UnsafePointer<Self>, _ choice: LaneBits) -> Lanes {
        quad.pointee.spread
            .replacing(with: quad[1].spread, where: choice .== LaneBits(repeating: 1))
            .replacing(with: quad[2].spread, where: choice .== LaneBits(repeating: 2))
            .replacing(with: quad[3].spread, where: choice .== LaneBits(repeating: 3))
    }
}

extension Float: QuadPixel { typealias Vector = Lanes }
extension PixelPair: QuadPixel { typealias Vector = LanePairs }

#endif
