// The largest value of every window of an NHWC image, each channel for itself: lanes are channels.
//
// With each maximum its *winner* is stored: its position in the window's part of the image, counted row by row, the first of
// equals as in TensorFlow. A pool may rectify: max(x, 0) is the same before and after taking the maximum, and fusing it saves a
// pass over the image. A maximum that rectification made zero has no winner. Winners are integers in the bits of floats.
//
// Rows of channels that are not a multiple of a vector are read and written beyond their end: the next row overwrites what is
// written there.
// Limit: loads and stores; everything a group touches is in the cache.

/// The winner of a maximum that passes no gradient on.
private var noWinner: LaneBits {
    @inline(__always) get { LaneBits(repeating: .max) }
}

extension PoolingShape {
    /// Whether every image position belongs to one window at most, and every window lies within the image: then the gradient
    /// of the pool is a short list of numbers and their positions.
    package var hasDisjointWindowsInside: Bool {
        vertical.areDisjoint && horizontal.areDisjoint && !vertical.isPadded && !horizontal.isPadded
    }
}

/// The largest of some values in every lane, and which of them it was.
struct Maxima {
    let values: Lanes
    let winners: LaneBits

    @inline(__always)
    private init(_ values: Lanes, _ winners: LaneBits) {
        self.values = values
        self.winners = winners
    }

    @inline(__always)
    private init(_ values: Lanes, at place: UInt32) { self.init(values, LaneBits(repeating: place)) }

    /// The maxima of a window, which is most often two by two.
    @_transparent
    init(rows: Int, columns: Int, _ value: (_ row: Int, _ column: Int) -> Lanes) {
        if rows == 2, columns == 2 {
            self.init(square: Two(Two(value(0, 0), value(0, 1)), Two(value(1, 0), value(1, 1))))
        } else {
            self.init(oneByOne: rows, columns, value)
        }
    }

    private init(oneByOne rows: Int, _ columns: Int, _ value: (_ row: Int, _ column: Int) -> Lanes) {
        var best = Maxima(Lanes(repeating: -.infinity), at: 0)
        for place in 0..<rows * columns {
            let (row, column) = place.quotientAndRemainder(dividingBy: columns)
            best = best.orLarger(Maxima(value(row, column), at: UInt32(truncatingIfNeeded: place)))
        }
        self = best
    }

    /// The maxima of two rows of two values.
    @_transparent
    init(square: Two<Two<Lanes>>) {
        let upper = Maxima(square.a.a, at: 0).orLarger(Maxima(square.a.b, at: 1))
        let lower = Maxima(square.b.a, at: 2).orLarger(Maxima(square.b.b, at: 3))
        self = upper.orLarger(lower)
    }

    /// The larger, itself if they are equal; a NaN wins. (Transparent, because less is not inlined here: selecting lane by
    /// lane counts as a loop until it has become one instruction.)
    @_transparent
    private func orLarger(_ other: Maxima) -> Maxima {
        let loses = (other.values .> values) .| (other.values .!= other.values)
        return Maxima(
            values.replacing(with: other.values, where: loses), winners.replacing(with: other.winners, where: loses))
    }

    @_transparent
    var rectified: Maxima {
        Maxima(
            values.replacing(with: 0, where: values .< 0), winners.replacing(with: noWinner, where: values .<= 0))
    }
}

/// Where a pool writes its maxima, and their winners if they are needed.
struct MaximaMemory {
    let rectifies: Bool
    let y: UnsafeMutablePointer<Float>
    let winners: UnsafeMutablePointer<Float>?

    /// The same memory from a later offset on.
    func advanced(by offset: Int) -> MaximaMemory {
        MaximaMemory(rectifies: rectifies, y: y + offset, winners: winners.map { $0 + offset })
    }

    /// Writes a vector that may reach into rows that are written later, but not beyond the end.
    @_transparent
    func store(_ maxima: Maxima, at offset: Int, before end: Int) {
        store(maxima, at: offset, count: min(laneCount, end - offset))
    }

    /// Writes the filters of one place, or of the same place of two images that lie `distance` apart.
    @_transparent
    func store<P: Pixel>(_ maxima: Maxima, of pixel: P.Type, _ distance: Int, at offset: Int, before end: Int) {
        let maxima = rectifies ? maxima.rectified : maxima
        P.store(maxima.values, to: y, distance, at: offset, before: end)
        if let winners {
            P.store(unsafeBitCast(maxima.winners, to: Lanes.self), to: winners, distance, at: offset, before: end)
        }
    }

    /// Writes the first `count` lanes.
    @_transparent
    func store(_ maxima: Maxima, at offset: Int, count: Int) {
        let maxima = rectifies ? maxima.rectified : maxima
        (y + offset).store(maxima.values, count: count)
        if let winners { (winners + offset).store(unsafeBitCast(maxima.winners, to: Lanes.self), count: count) }
    }
}

/// The largest value of every window; a NaN in the window wins. Winners are stored where there is memory for them.
package func maxPool(
    _ shape: PoolingShape, images: Int, x: UnsafePointer<Float>, rectifies: Bool, y: UnsafeMutablePointer<Float>,
    winners: UnsafeMutablePointer<Float>?
) {
    let memory = MaximaMemory(rectifies: rectifies, y: y, winners: winners)
    let outputEnd = images * shape.outputCount
    let end = images * shape.inputCount
    for window in PlacedWindows(shape, images: images) {
        for channel in stride(from: 0, to: shape.channels, by: laneCount) {
            @inline(__always)
            func value(_ row: Int, _ column: Int) -> Lanes {
                window.lanes(row, column, channel: channel, of: x, before: end)
            }
            memory.store(
                Maxima(rows: window.rows, columns: window.columns, value), at: window.output + channel,
                before: outputEnd)
        }
    }
}

/// The part of a window that lies on the image.
struct PlacedWindow {
    let rows, columns: Int
    /// The offset of its results.
    let output: Int
    /// The offset of its first pixel.
    private let input: Int
    private let rowStride, columnStride: Int
    /// From a pixel to the corresponding one of the window below.
    private let below: Int

    @inline(__always)
    init(_ shape: PoolingShape, image: Int, _ rows: Range<Int>, _ columns: Range<Int>, output: Int) {
        (self.rows, self.columns, self.output) = (rows.count, columns.count, output)
        columnStride = shape.channels
        rowStride = shape.horizontal.size * shape.channels
        below = shape.vertical.stride * rowStride
        input = image * shape.inputCount + rows.lowerBound * rowStride + columns.lowerBound * columnStride
    }

    /// One vector of channels of one of its pixels. The windows below come next, too far away for the hardware to prefetch.
    @inline(__always)
    func lanes(_ row: Int, _ column: Int, channel: Int, of x: UnsafePointer<Float>, before end: Int) -> Lanes {
        let place = input + row * rowStride + column * columnStride + channel
        prefetch(x + place + below)
        return x.lanesInPieces(at: place, before: end)
    }
}

/// The windows of some images in order. (A closure would not be inlined into loops that keep much in registers.)
struct PlacedWindows: Sequence, IteratorProtocol {
    private let shape: PoolingShape
    private let images: Int
    private var (image, row, column) = (0, 0, 0)
    private var output = 0

    @inline(__always)
    init(_ shape: PoolingShape, images: Int) {
        self.shape = shape
        self.images = images
    }

    @inline(__always)
    mutating func next() -> PlacedWindow? {
        guard image < images else { return nil }
        let window = PlacedWindow(
            shape, image: image, shape.vertical.range(row), shape.horizontal.range(column), output: output)
        output += shape.channels
        column += 1
        if column == shape.horizontal.count {
            column = 0
            row += 1
            if row == shape.vertical.count {
                row = 0
                image += 1
            }
        }
        return window
    }
}

/// The gradient of maxima that have a winner; zero for the others.
package func gateWinners(
    count: Int, winners: UnsafePointer<Float>, dy: UnsafePointer<Float>, to gated: UnsafeMutablePointer<Float>
) {
    forEachVector(count) { offset, count in
        let winner = unsafeBitCast((winners + offset).lanes(count: count), to: LaneBits.self)
        let gradient = (dy + offset).lanes(count: count)
        (gated + offset).store(gradient.replacing(with: 0, where: winner .== noWinner), count: count)
    }
}

/// The gradient of `maxPool`: every dy is added at the position of its maximum's winner.
package func maxPoolGradient(
    _ shape: PoolingShape, images: Int, winners: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>
) {
    let end = images * shape.outputCount
    dx.update(repeating: 0, count: images * shape.inputCount)
    shape.forEachWindow(images: images) { image, output, rows, columns in
        for channel in stride(from: 0, to: shape.channels, by: laneCount) {
            let count = min(laneCount, shape.channels - channel)
            let gradient = dy.lanes(at: output + channel, before: end)
            let winner = unsafeBitCast(winners.lanes(at: output + channel, before: end), to: LaneBits.self)
            var place = LaneBits.zero
            for h in rows {
                var target = dx + image + (h * shape.horizontal.size + columns.lowerBound) * shape.channels + channel
                for _ in columns {
                    let share = Lanes.zero.replacing(with: gradient, where: winner .== place)
                    target.store(target.lanes(count: count) + share, count: count)
                    place &+= LaneBits(repeating: 1)
                    target += shape.channels
                }
            }
        }
    }
}
