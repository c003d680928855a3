// Elementary functions on vectors, the same bits on every machine: polynomials in multiply-adds, no C library.
//
// Each is within one and a half units in the last place over its whole range and passes NaN on. Coefficients are those of Moshier's
// Cephes library, single precision.

/// The sum of coefficients times powers of x, highest power first.
@inline(__always)
func polynomial<let count: Int>(_ x: Lanes, _ coefficients: InlineArray<count, Float>) -> Lanes {
    var sum = Lanes(repeating: coefficients[0])
    for index in 1..<count { sum = Lanes(repeating: coefficients[index]).adding(sum, times: x) }
    return sum
}

/// (eʳ − 1 − r) / r² for |r| ≤ ½ log 2.
@inline(__always)
private func exponentialTail(_ r: Lanes) -> Lanes {
    polynomial(
        r,
        [
            1.987_569_15e-4, 1.398_199_950_7e-3, 8.333_451_907_3e-3, 4.166_579_589_4e-2, 1.666_666_545_9e-1,
            5.000_000_120_1e-1,
        ])
}

/// r and n of x = n · log 2 + r with |r| ≤ ½ log 2.
@inline(__always)
private func reduced(_ x: Lanes) -> (r: Lanes, n: LaneIntegers) {
    // Adding 1.5 · 2²³ leaves the nearest integer in the lowest bits.
    let shifted = Lanes(repeating: 12_582_912).adding(x, times: Lanes(repeating: 1.442_695_040_888_963_4))
    let n = shifted - 12_582_912
    let r = x.adding(n, times: Lanes(repeating: -0.693_359_375)).adding(n, times: Lanes(repeating: 2.121_944_4e-4))
    return (r, unsafeBitCast(shifted, to: LaneIntegers.self) &- LaneIntegers(repeating: 0x4B40_0000))
}

/// eˣ; zero below −87.3 and infinite above 88.7.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
    let (r, n) = reduced(x.replacing(with: -87.5, where: x .< -87.5).replacing(with: 89, where: x .> 89))
    let fraction = (r + 1).adding(exponentialTail(r), times: r * r)
    // 2ⁿ in two factors, because n reaches 128.
    let half = n &>> LaneIntegers(repeating: 1)
    let result = fraction * powerOfTwo(half) * powerOfTwo(n &- half)
    return result.replacing(with: 0, where: x .< -87.3).replacing(with: .infinity, where: x .> 88.722_84)
}

/// eˣ − 1 for x ≤ 0, exact to the last places near zero too.
@inline(__always)
func exponentialMinusOne(_ x: Lanes) -> Lanes {
    // 2ⁿ (eʳ − 1) + (2ⁿ − 1)
    let (r, n) = reduced(x.replacing(with: -87.5, where: x .< -87.5))
    let scale = powerOfTwo(n)
    return (scale - 1).adding(scale, times: r.adding(exponentialTail(r), times: r * r))
}

@inline(__always)
private func powerOfTwo(_ n: LaneIntegers) -> Lanes {
    unsafeBitCast((n &+ LaneIntegers(repeating: 127)) &<< LaneIntegers(repeating: 23), to: Lanes.self)
}

/// The natural logarithm of a positive normal number.
@inline(__always)
func logarithm(_ x: Lanes) -> Lanes {
    // x = m · 2ⁿ with m in [√½, √2).
    let bits = unsafeBitCast(x, to: LaneIntegers.self)
    let n = (bits &- LaneIntegers(repeating: 0x3F35_04F3)) &>> LaneIntegers(repeating: 23)
    let m = unsafeBitCast(bits &- (n &<< LaneIntegers(repeating: 23)), to: Lanes.self)
    let exponent = unsafeBitCast(n &+ LaneIntegers(repeating: 0x4B40_0000), to: Lanes.self) - 12_582_912
    let r = m - 1
    let r2 = r * r
    let p = polynomial(
        r,
        [
            7.037_683_629_2e-2, -1.151_461_031_0e-1, 1.167_699_874_0e-1, -1.242_014_084_6e-1, 1.424_932_278_7e-1,
            -1.666_805_766_5e-1, 2.000_071_476_5e-1, -2.499_999_399_3e-1, 3.333_333_117_4e-1,
        ])
    var result = p * r * r2
    result = result.adding(exponent, times: Lanes(repeating: -2.121_944_4e-4))
    result = result.adding(r2, times: Lanes(repeating: -0.5))
    let sum = (r + result).adding(exponent, times: Lanes(repeating: 0.693_359_375))
    return sum.replacing(with: x, where: x .!= x)
}

/// log(1 + x) for x in [0, 1], exact to the last places for small x too.
@inline(__always)
func logarithmOfOnePlus(_ x: Lanes) -> Lanes {
    let u = 1 + x
    return logarithm(u) + (x - (u - 1)) / u
}

/// The hyperbolic tangent.
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
    let magnitude = absolute(x)
    let large = 1 - 2 / (exponential(magnitude + magnitude) + 1)
    let x2 = x * x
    let p = polynomial(
        x2, [-5.704_988_727_45e-3, 2.063_908_884_2e-2, -5.373_971_247e-2, 1.333_144_208_3e-1, -3.333_328_194_2e-1])
    let small = x.adding(p * x2, times: x)
    return small.replacing(with: withSign(of: x, large), where: magnitude .> 0.625)
}

/// The error function.
@inline(__always)
func errorFunction(_ x: Lanes) -> Lanes {
    let magnitude = absolute(x)
    let x2 = x * x
    // x + x · p rather than x · (1 + p), which would be rounded once more.
    let small = x.adding(
        x,
        times: polynomial(
            x2,
            [
                7.853_861_353_153_693e-5, -8.010_193_625_184_903e-4, 5.188_327_685_732_524e-3,
                -2.685_381_193_529_856e-2, 1.128_358_514_861_418e-1, -3.761_262_582_423_3e-1, 1.283_791_657_267_1e-1,
            ]))
    let inverse = 1 / magnitude.replacing(with: 1, where: magnitude .< 1)
    let inverse2 = inverse * inverse
    let middle = polynomial(
        inverse2,
        [
            2.326_819_970_068_386e-2, -1.387_039_388_740_657e-1, 3.687_424_674_597_105e-1,
            -5.824_733_027_278_666e-1, 6.210_004_621_745_983e-1, -4.944_515_323_274_145e-1, 3.404_879_937_665_872e-1,
            -2.741_127_028_184_656e-1, 5.638_259_427_386_472e-1,
        ])
    let far = polynomial(
        inverse2,
        [
            -1.047_766_399_936_249e1, 1.297_719_955_372_516e1, -7.495_518_717_768_503, 2.921_019_019_210_786,
            -1.015_265_279_202_7, 4.218_463_358_204_948e-1, -2.820_767_439_740_514e-1, 5.641_895_067_754_075e-1,
        ])
    let tail = exponential(-x2) * inverse * middle.replacing(with: far, where: magnitude .> 2)
    return small.replacing(with: withSign(of: x, 1 - tail), where: magnitude .> 1)
}

@inline(__always)
func absolute(_ x: Lanes) -> Lanes {
    unsafeBitCast(unsafeBitCast(x, to: LaneBits.self) & LaneBits(repeating: 0x7FFF_FFFF), to: Lanes.self)
}

@inline(__always)
private func withSign(of x: Lanes, _ magnitude: Lanes) -> Lanes {
    let sign = unsafeBitCast(x, to: LaneBits.self) & LaneBits(repeating: 0x8000_0000)
    return unsafeBitCast(unsafeBitCast(magnitude, to: LaneBits.self) | sign, to: Lanes.self)
}
