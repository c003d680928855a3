// Neighbouring sums of one vector of channels, and the neighbouring weights of a row of the kernel that they share.
//
// Both are built from types, as tiles are (Products/Tile.swift), so that the compiler knows each by name, keeps it in a
// register, and loads a pixel that several sums need once.

/// Neighbouring weights of a row of the kernel.
protocol NeighbouringTaps {
    static var count: Int { get }
    init(_ weights: UnsafePointer<Float>, _ stride: Int)
    /// A sum with the products of all of them and as many neighbouring pixels.
    func products(_ pixels: UnsafePointer<Float>, _ stride: Int, addedTo sum: Lanes) -> Lanes
}

struct Taps1: NeighbouringTaps {
    static var count: Int { 1 }
    private let weight: Lanes

    @inline(__always) init(_ weights: UnsafePointer<Float>, _ stride: Int) { weight = weights.lanes() }
    @inline(__always)
    func products(_ pixels: UnsafePointer<Float>, _ stride: Int, addedTo sum: Lanes) -> Lanes {
        sum.adding(pixels.lanes(), times: weight)
    }
}

struct TapsBeside<Left: NeighbouringTaps, Right: NeighbouringTaps>: NeighbouringTaps {
    static var count: Int { Left.count + Right.count }
    private let left: Left
    private let right: Right

    @inline(__always) init(_ weights: UnsafePointer<Float>, _ stride: Int) {
        left = Left(weights, stride)
        right = Right(weights + Left.count * stride, stride)
    }
    @inline(__always)
    func products(_ pixels: UnsafePointer<Float>, _ stride: Int, addedTo sum: Lanes) -> Lanes {
        right.products(pixels + Left.count * stride, stride, addedTo: left.products(pixels, stride, addedTo: sum))
    }
}

typealias Taps2 = TapsBeside<Taps1, Taps1>
typealias Taps3 = TapsBeside<Taps2, Taps1>
typealias Taps4 = TapsBeside<Taps2, Taps2>
typealias Taps5 = TapsBeside<Taps3, Taps2>

/// How many pixels lie between the first ones of neighbouring windows.
protocol ResultSpacing {
    static var step: Int { get }
}

enum Adjacent: ResultSpacing {
    @inline(__always) static var step: Int { 1 }
}

enum EverySecond: ResultSpacing {
    @inline(__always) static var step: Int { 2 }
}

/// Sums for neighbouring results.
protocol NeighbouringSums {
    static var count: Int { get }
    static var step: Int { get }
    init(_ start: Lanes)
    /// Adds to each sum the products of all weights and its pixels, `stride` apart.
    mutating func add<Taps: NeighbouringTaps>(_ pixels: UnsafePointer<Float>, _ stride: Int, _ taps: Taps)
    mutating func apply(_ epilogue: EpilogueLanes)
    func store(to target: UnsafeMutablePointer<Float>, _ stride: Int)
}

struct Sums1<Spacing: ResultSpacing>: NeighbouringSums {
    @inline(__always) static var count: Int { 1 }
    @inline(__always) static var step: Int { Spacing.step }
    private var sum: Lanes

    @inline(__always) init(_ start: Lanes) { sum = start }
    @inline(__always)
    mutating func add<Taps: NeighbouringTaps>(_ pixels: UnsafePointer<Float>, _ stride: Int, _ taps: Taps) {
        sum = taps.products(pixels, stride, addedTo: sum)
    }
    @inline(__always) mutating func apply(_ epilogue: EpilogueLanes) { sum = epilogue.applied(to: sum) }
    @inline(__always) func store(to target: UnsafeMutablePointer<Float>, _ stride: Int) { target.store(sum) }
}

struct SumsBeside<Left: NeighbouringSums, Right: NeighbouringSums>: NeighbouringSums {
    @inline(__always) static var count: Int { Left.count + Right.count }
    @inline(__always) static var step: Int { Left.step }
    private var left: Left
    private var right: Right

    @inline(__always) init(_ start: Lanes) {
        left = Left(start)
        right = Right(start)
    }
    @inline(__always)
    mutating func add<Taps: NeighbouringTaps>(_ pixels: UnsafePointer<Float>, _ stride: Int, _ taps: Taps) {
        left.add(pixels, stride, taps)
        right.add(pixels + (Left.count * Self.step) * stride, stride, taps)
    }
    @inline(__always) mutating func apply(_ epilogue: EpilogueLanes) {
        left.apply(epilogue)
        right.apply(epilogue)
    }
    @inline(__always) func store(to target: UnsafeMutablePointer<Float>, _ stride: Int) {
        left.store(to: target, stride)
        right.store(to: target + Left.count * stride, stride)
    }
}

typealias Sums2<S: ResultSpacing> = SumsBeside<Sums1<S>, Sums1<S>>
typealias Sums4<S: ResultSpacing> = SumsBeside<Sums2<S>, Sums2<S>>
typealias Sums6<S: ResultSpacing> = SumsBeside<Sums4<S>, Sums2<S>>
