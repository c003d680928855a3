// Partial vectors inside loops that keep vectors in registers between iterations: there, a call of memcpy would spill them. So
// partial vectors are read and written in halves, quarters and so on. That is more code than a call; elsewhere it would only
// keep closures from being inlined.

extension UnsafePointer where Pointee == Float {
    /// A vector that may reach beyond the memory's end: there its last lanes are zero.
    @inline(__always)
    func lanesInPieces(at offset: Int, before end: Int) -> Lanes {
        offset + laneCount <= end ? lanes(at: offset) : Lanes(first: end - offset, at: self + offset)
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    /// Writes a vector, or half of one, up to the memory's end.
    @inline(__always)
    func store<V: PartialVector>(inPieces vector: V, at offset: Int, before end: Int) {
        if offset + MemoryLayout<V>.stride / MemoryLayout<Float>.stride <= end {
            UnsafeMutableRawPointer(self + offset).storeBytes(of: vector, as: V.self)
        } else {
            vector.store(first: end - offset, at: self + offset)
        }
    }
}

/// A vector of which less than all is read or written.
protocol PartialVector: BitwiseCopyable {
    /// The first `count` floats, the other lanes zero.
    init(first count: Int, at address: UnsafePointer<Float>)
    /// Writes the first `count` lanes.
    func store(first count: Int, at address: UnsafeMutablePointer<Float>)
}

/// A vector of which a part is one half and a part of the other, or a part of one half.
protocol Halved: PartialVector {
    associatedtype Half: PartialVector
    init(lowHalf: Half, highHalf: Half)
    var lowHalf: Half { get }
    var highHalf: Half { get }
}

extension SIMD2: PartialVector where Scalar == Float {
    @inline(__always)
    init(first count: Int, at address: UnsafePointer<Float>) {
        self = .zero
        if count & 1 != 0 { self[0] = address[0] }
    }

    @inline(__always)
    func store(first count: Int, at address: UnsafeMutablePointer<Float>) {
        if count & 1 != 0 { address[0] = self[0] }
    }
}

extension Halved {
    private static var halfCount: Int { MemoryLayout<Half>.stride / MemoryLayout<Float>.stride }

    @inline(__always)
    init(first count: Int, at address: UnsafePointer<Float>) {
        if count & Self.halfCount == 0 {
            self.init(lowHalf: Half(first: count, at: address), highHalf: Half(first: 0, at: address))
        } else {
            self.init(
                lowHalf: UnsafeRawPointer(address).loadUnaligned(as: Half.self),
                highHalf: Half(first: count, at: address + Self.halfCount))
        }
    }

    @inline(__always)
    func store(first count: Int, at address: UnsafeMutablePointer<Float>) {
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
