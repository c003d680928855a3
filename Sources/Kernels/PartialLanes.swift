// Vectors at the end of a row that is no multiple of a vector: only the floats that exist are read and written.
//
// They go in halves, quarters and so on, because a call of memcpy inside a loop would cost the loop its registers.

extension UnsafePointer where Pointee == Float {
    /// The first `count` floats, the other lanes zero.
    @inline(__always)
    func lanes(count: Int) -> Lanes { count == laneCount ? lanes() : Lanes(first: count, at: self) }
}

extension UnsafeMutablePointer where Pointee == Float {
    /// The first `count` floats, the other lanes zero.
    @inline(__always)
    func lanes(count: Int) -> Lanes { UnsafePointer(self).lanes(count: count) }

    /// Writes the first `count` lanes.
    @inline(__always)
    func store(_ lanes: Lanes, count: Int) {
        if count == laneCount {
            store(lanes)
        } else {
            lanes.store(first: count, at: self)
        }
    }

    /// Writes the first `count` lanes of half a vector.
    @inline(__always)
    func store(half lanes: LaneHalf, count: Int) {
        if count == laneCount / 2 {
            UnsafeMutableRawPointer(self).storeBytes(of: lanes, as: LaneHalf.self)
        } else {
            lanes.store(first: count, at: self)
        }
    }
}

extension UnsafePointer where Pointee == Float {
    /// A vector that may reach beyond its row, but not beyond the memory's end: there its last lanes are zero.
    @inline(__always)
    func lanes(at offset: Int, before end: Int) -> Lanes {
        offset + laneCount <= end ? lanes(at: offset) : (self + offset).lanes(count: end - offset)
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    /// Writes a vector that may reach into rows that are written later, but not beyond the memory's end.
    @inline(__always)
    func store(_ lanes: Lanes, at offset: Int, before end: Int) {
        if offset + laneCount <= end {
            store(lanes, at: offset)
        } else {
            (self + offset).store(lanes, count: end - offset)
        }
    }
}

/// Runs over `count` floats a vector at a time; the last vector may be partial.
///
/// The body is called from one place only, because it would not be inlined into two.
@inline(__always)
func forEachVector(_ count: Int, _ body: (_ offset: Int, _ count: Int) -> Void) {
    var offset = 0
    while offset < count {
        body(offset, min(laneCount, count - offset))
        offset += laneCount
    }
}

/// A vector of which less than all is read or written.
private protocol PartialVector: BitwiseCopyable {
    /// The first `count` floats, the other lanes zero.
    init(first count: Int, at address: UnsafePointer<Float>)
    /// Writes the first `count` lanes.
    func store(first count: Int, at address: UnsafeMutablePointer<Float>)
}

/// A vector whose part is one half and a part of the other, or a part of one half.
private protocol Halved: PartialVector {
    associatedtype Half: PartialVector
    init(lowHalf: Half, highHalf: Half)
    var lowHalf: Half { get }
    var highHalf: Half { get }
}

extension SIMD2: PartialVector where Scalar == Float {
    @inline(__always)
    fileprivate init(first count: Int, at address: UnsafePointer<Float>) {
        self = .zero
        if count & 1 != 0 { self[0] = address[0] }
    }

    @inline(__always)
    fileprivate func store(first count: Int, at address: UnsafeMutablePointer<Float>) {
        if count & 1 != 0 { address[0] = self[0] }
    }
}

extension Halved {
    private static var halfCount: Int { MemoryLayout<Half>.stride / MemoryLayout<Float>.stride }

    @inline(__always)
    fileprivate init(first count: Int, at address: UnsafePointer<Float>) {
        if count & Self.halfCount == 0 {
            self.init(lowHalf: Half(first: count, at: address), highHalf: Half(first: 0, at: address))
        } else {
            self.init(
                lowHalf: UnsafeRawPointer(address).loadUnaligned(as: Half.self),
                highHalf: Half(first: count, at: address + Self.halfCount))
        }
    }

    @inline(__always)
    fileprivate func store(first count: Int, at address: UnsafeMutablePointer<Float>) {
        if count & Self.halfCount == 0 {
            lowHalf.store(first: count, at: address)
        } else {
            UnsafeMutableRawPointer(address).storeBytes(of: lowHalf, as: Half.self)
            highHalf.store(first: count, at: address + Self.halfCount)
        }
    }
}

extension SIMD4: PartialVector, Halved where Scalar == Float {}
extension SIMD8: PartialVector, Halved where Scalar == Float {}
extension SIMD16: PartialVector, Halved where Scalar == Float {}
