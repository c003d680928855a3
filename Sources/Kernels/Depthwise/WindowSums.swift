// Sums over windows, each channel for itself: what depthwise convolutions and the gradients of their images have in common.
//
// Lanes are channels. Some neighbouring results are computed at once, for one vector of channels after the other: their sums
// stay in registers from the first product to the last; for each row of the kernel, its weights are loaded once, and each
// pixel once, for all results that it is part of. How many results and how many weights those are, the compiler knows
// (NeighbouringSums.swift). A result some of whose window lies beside the image is computed by itself, with the weights that
// remain, so nothing is multiplied by zeros.
//
// Each sum is one chain, in the order of rows and columns of what is read.
// Limit: multiply-add units, where images are wide; loads at their edges.

/// Sums for the rows and columns of one image.
struct WindowSums {
    let vertical, horizontal: SumAxis
    /// Elements of a row of the kernel, and of the target.
    let kernelColumns, targetColumns: Int
    /// Channels of all of them.
    let width: Int
    let source, kernel: UnsafePointer<Float>
    let bias: UnsafePointer<Float>?
    let epilogue: Epilogue
    let target: UnsafeMutablePointer<Float>

    func compute() {
        let whole = width < laneCount || horizontal.tapStep > 1 ? 0..<0 : horizontal.whole
        for row in 0..<vertical.results {
            let rows = vertical.clipped(row)
            for column in 0..<whole.lowerBound { computeEdge(row, rows, column) }
            var column = whole.lowerBound
            while column < whole.upperBound { column += computeWhole(row, rows, column, of: whole.upperBound - column) }
            for column in whole.upperBound..<horizontal.results { computeEdge(row, rows, column) }
        }
    }

    /// What the sums of some results read and write, from the first of their taps on.
    @inline(__always)
    private func place(_ row: Int, _ rows: Range<Int>, _ column: Int, firstTap: Int) -> SumsPlace {
        let sourceRow = vertical.tapStep * horizontal.length * width
        let kernelRow = vertical.kernelStep * kernelColumns * width
        let sourceAt =
            (vertical.start + row * vertical.step + rows.lowerBound * vertical.tapStep) * horizontal.length * width
            + (horizontal.start + column * horizontal.step + firstTap * horizontal.tapStep) * width
        let kernelAt =
            ((vertical.kernelStart + rows.lowerBound * vertical.kernelStep) * kernelColumns + horizontal.kernelStart
                + firstTap * horizontal.kernelStep) * width
        let targetAt =
            ((vertical.targetStart + row * vertical.targetStep) * targetColumns + horizontal.targetStart
                + column * horizontal.targetStep) * width
        return SumsPlace(
            source: source + sourceAt, sourceRow: sourceRow, sourceColumn: horizontal.tapStep * width,
            kernel: kernel + kernelAt, kernelRow: kernelRow,
            kernelColumn: horizontal.kernelStep * width, rows: rows.count, target: target + targetAt,
            targetColumn: horizontal.targetStep * width, width: width, bias: bias, epilogue: epilogue)
    }

    /// Computes one result with those taps that meet an element.
    private func computeEdge(_ row: Int, _ rows: Range<Int>, _ column: Int) {
        let taps = horizontal.clipped(column)
        let place = place(row, rows, column, firstTap: taps.lowerBound)
        if width < laneCount { return place.compute(taps: taps.count, channels: width) }
        if horizontal.tapStep > 1 { return place.compute(taps: taps.count, channels: laneCount) }
        switch taps.count {
        case 1: place.compute(Sums1<Adjacent>.self, Taps1.self)
        case 2: place.compute(Sums1<Adjacent>.self, Taps2.self)
        case 3: place.compute(Sums1<Adjacent>.self, Taps3.self)
        case 4: place.compute(Sums1<Adjacent>.self, Taps4.self)
        case 5: place.compute(Sums1<Adjacent>.self, Taps5.self)
        default: place.compute(taps: taps.count, channels: laneCount)
        }
    }

    /// Computes some of so many neighbouring results that have all taps; returns how many.
    private func computeWhole(_ row: Int, _ rows: Range<Int>, _ column: Int, of results: Int) -> Int {
        let place = place(row, rows, column, firstTap: 0)
        switch (horizontal.step, horizontal.taps) {
        case (1, 1): return place.compute(some: results, Adjacent.self, Taps1.self)
        case (1, 2): return place.compute(some: results, Adjacent.self, Taps2.self)
        case (1, 3): return place.compute(some: results, Adjacent.self, Taps3.self)
        case (1, 5): return place.compute(some: results, Adjacent.self, Taps5.self)
        case (2, 3): return place.compute(some: results, EverySecond.self, Taps3.self)
        case (2, 5): return place.compute(some: results, EverySecond.self, Taps5.self)
        default:
            computeEdge(row, rows, column)
            return 1
        }
    }
}

/// Where the sums of some neighbouring results read and write.
private struct SumsPlace {
    let source: UnsafePointer<Float>
    let sourceRow, sourceColumn: Int
    let kernel: UnsafePointer<Float>
    let kernelRow, kernelColumn: Int
    let rows: Int
    let target: UnsafeMutablePointer<Float>
    let targetColumn: Int
    let width: Int
    let bias: UnsafePointer<Float>?
    let epilogue: Epilogue

    /// Computes some of so many results, as many as registers hold; returns how many.
    @inline(__always)
    func compute<Spacing: ResultSpacing, Taps: NeighbouringTaps>(
        some results: Int, _: Spacing.Type, _: Taps.Type
    ) -> Int {
        if results >= 6 {
            compute(Sums6<Spacing>.self, Taps.self)
            return 6
        }
        if results >= 4 {
            compute(Sums4<Spacing>.self, Taps.self)
            return 4
        }
        if results >= 2 {
            compute(Sums2<Spacing>.self, Taps.self)
            return 2
        }
        compute(Sums1<Adjacent>.self, Taps.self)
        return 1
    }

    // Not with a closure for each vector, which would compute all addresses again for each.
    @inline(never)
    func compute<Sums: NeighbouringSums, Taps: NeighbouringTaps>(_: Sums.Type, _: Taps.Type) {
        let (source, sourceRow, kernel, kernelRow, kernelColumn) = (source, sourceRow, kernel, kernelRow, kernelColumn)
        let (rows, width, target, targetColumn, bias) = (rows, width, target, targetColumn, bias)
        let epilogue = epilogue
        let isStored = epilogue.isNone
        var next = 0
        while next < width {
            let channel = min(next, width - laneCount)
            var sums = Sums(bias == nil ? .zero : bias!.lanes(at: channel))
            var pixels = source + channel
            var weights = kernel + channel
            for _ in 0..<rows {
                sums.add(pixels, width, Taps(weights, kernelColumn))
                pixels += sourceRow
                weights += kernelRow
            }
            if !isStored { sums.apply(EpilogueLanes(epilogue, channels: width, from: channel, count: laneCount)) }
            sums.store(to: target + channel, targetColumn)
            next += laneCount
        }
    }

    /// One result of any number of taps, and of so many channels at a time.
    func compute(taps: Int, channels: Int) {
        forEachChannelVector(width) { channel in
            var sum = bias.map { ($0 + channel).lanesInPieces(at: 0, before: channels) } ?? .zero
            for row in 0..<rows {
                var pixels = source + row * sourceRow + channel
                var weights = kernel + row * kernelRow + channel
                for _ in 0..<taps {
                    sum = sum.adding(
                        pixels.lanesInPieces(at: 0, before: channels),
                        times: weights.lanesInPieces(at: 0, before: channels))
                    pixels += sourceColumn
                    weights += kernelColumn
                }
            }
            if !epilogue.isNone {
                sum = EpilogueLanes(epilogue, channels: width, from: channel, count: channels).applied(to: sum)
            }
            (target + channel).store(inPieces: sum, at: 0, before: channels)
        }
    }
}

/// Calls the body for vectors that together cover the channels; the last one may overlap the one before it.
@inline(__always)
func forEachChannelVector(_ channels: Int, _ body: (_ channel: Int) -> Void) {
    var channel = 0
    while channel < channels {
        body(max(0, min(channel, channels - laneCount)))
        channel += laneCount
    }
}
