// Vectors at the end of a row that is not a multiple of a vector: only the floats that exist are read and written.
//
// Halves have a way of their own. Rows of eight channels are common, and half a vector where vectors have sixteen lanes; a call
// of memcpy for each of them takes longer than all that is computed with them.

extension UnsafePointer where Pointee == Float {
    /// The first `count` floats, the other lanes zero.
    @inline(__always)
    func lanes(count: Int) -> Lanes {
        if count == laneCount { return lanes() }
        if count == LaneHalf.scalarCount {
            return Lanes(lowHalf: UnsafeRawPointer(self).loadUnaligned(as: LaneHalf.self), highHalf: .zero)
        }
        var vector = Lanes.zero
        withUnsafeMutableBytes(of: &vector) { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(start: self, count: count * MemoryLayout<Float>.stride))
        }
        return vector
    }
}

extension UnsafeMutablePointer where Pointee == Float {
    /// The first `count` floats, the other lanes zero.
    @inline(__always)
    func lanes(count: Int) -> Lanes { UnsafePointer(self).lanes(count: count) }

    /// Writes the first `count` lanes.
    @inline(__always)
    func store(_ lanes: Lanes, count: Int) {
        if count == laneCount { return store(lanes) }
        if count == LaneHalf.scalarCount {
            return UnsafeMutableRawPointer(self).storeBytes(of: lanes.lowHalf, as: LaneHalf.self)
        }
        withUnsafeBytes(of: lanes) { bytes in
            UnsafeMutableRawPointer(self).copyMemory(
                from: bytes.baseAddress!, byteCount: count * MemoryLayout<Float>.stride)
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
