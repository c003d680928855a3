// What becomes of a convolution's sums before they are stored: a normalization with statistics that are known before, and a
// ReLU, perhaps with a maximum. Bit for bit what `normalize`, `ReLU` and `BoundedReLU` do one after the other.
//
// Limit: nothing, in registers; loads and stores of the nearest cache, for rows that have just been stored.

/// The numbers between which a ReLU lets pass what it gets.
package struct ReLUBounds: Sendable, Hashable {
    /// What is smaller becomes zero.
    fileprivate let lowest: Float
    /// What is larger becomes this.
    fileprivate let highest: Float

    /// No activation at all.
    package static var none: ReLUBounds { ReLUBounds(lowest: -.infinity, highest: .infinity) }
    /// max(x, 0).
    package static var rectified: ReLUBounds { ReLUBounds(lowest: 0, highest: .infinity) }

    private init(lowest: Float, highest: Float) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Those of an activation; nil where it is more than a ReLU with a maximum.
    package init?(_ function: any Pointwise) {
        switch function {
        case is ReLU: self = .rectified
        case let bounded as BoundedReLU where bounded.isPlain: self.init(lowest: 0, highest: bounded.maximum)
        default: return nil
        }
    }
}

/// The steps behind a convolution that are part of it.
package struct Epilogue {
    /// Those of `normalizationCoefficients`, if sums are normalized.
    fileprivate let coefficients: UnsafePointer<Float>?
    fileprivate let bounds: ReLUBounds

    /// Nothing happens.
    package static var none: Epilogue { Epilogue(bounds: .none) }

    /// A normalization with such coefficients, then an activation.
    package init(coefficients: UnsafePointer<Float>? = nil, bounds: ReLUBounds) {
        self.coefficients = coefficients
        self.bounds = bounds
    }

    /// Whether sums are stored as they are.
    var isNone: Bool { coefficients == nil && bounds == .none }
    /// Whether a plain ReLU is all.
    package var isReLU: Bool { coefficients == nil && bounds == .rectified }

    /// Applies it to columns `first`, … of rows that lie `channels` floats apart.
    package func apply(to y: UnsafeMutablePointer<Float>, rows: Int, channels: Int, first: Int = 0, columns: Int) {
        guard !isNone else { return }
        forEachVector(columns) { column, count in
            let lanes = EpilogueLanes(self, channels: channels, from: first + column, count: count)
            var target = y + first + column
            if count == laneCount {
                for _ in 0..<rows {
                    target.store(lanes.applied(to: target.lanes()))
                    target += channels
                }
            } else {
                for _ in 0..<rows {
                    target.store(lanes.applied(to: target.lanes(count: count)), count: count)
                    target += channels
                }
            }
        }
    }
}

/// The steps for some channels.
struct EpilogueLanes {
    private let mean, factor, offset, lowest, highest: Lanes

    @inline(__always)
    init(_ epilogue: Epilogue, channels: Int, from channel: Int, count: Int) {
        if let coefficients = epilogue.coefficients {
            let first = coefficients + channel
            mean = first.lanesInPieces(at: 0, before: count)
            factor = first.lanesInPieces(at: channels, before: channels + count)
            offset = first.lanesInPieces(at: 2 * channels, before: 2 * channels + count)
        } else {
            // Which changes no number, not even the sign of a zero.
            mean = .zero
            factor = Lanes(repeating: 1)
            offset = Lanes(repeating: -0.0)
        }
        lowest = Lanes(repeating: epilogue.bounds.lowest)
        highest = Lanes(repeating: epilogue.bounds.highest)
    }

    @inline(__always)
    func applied(to x: Lanes) -> Lanes {
        offset.adding(x - mean, times: factor).bounded(zeroBelow: lowest, most: highest)
    }
}
