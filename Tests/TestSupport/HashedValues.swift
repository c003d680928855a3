/// Numbers between two bounds that follow from a hash of their index and a salt, as peers compute them in Python
/// (Tests/Peers/fixtures/models.py): millions of weights need not be stored.
package func hashedValues(_ count: Int, salt: Int, in bounds: ClosedRange<Float>) -> [Float] {
    let (low, width) = (bounds.lowerBound, bounds.upperBound - bounds.lowerBound)
    return (0..<count).map { index in
        var x = UInt32(truncatingIfNeeded: index) &+ UInt32(truncatingIfNeeded: salt) &* 0x9E37_79B9
        x = (x ^ x >> 16) &* 0x7FEB_352D
        x = (x ^ x >> 15) &* 0x846C_A68B
        return low + width * (Float((x ^ x >> 16) >> 8) * 0x1p-24)
    }
}
