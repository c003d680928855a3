// The small matrices of Winograd's algorithm, applied to vectors of channels. F(2, 3) computes two neighbouring results of a
// kernel of three, y = Aᵀ ((G g) ⊙ (Bᵀ d)), with four multiplications instead of six:
//
//          ⎡ 1  0 −1  0 ⎤        ⎡ 1   0   0 ⎤
//     Bᵀ = ⎢ 0  1  1  0 ⎥    G = ⎢ ½   ½   ½ ⎥    Aᵀ = ⎡ 1  1  1  0 ⎤
//          ⎢ 0 −1  1  0 ⎥        ⎢ ½  −½   ½ ⎥         ⎣ 0  1 −1  1 ⎦
//          ⎣ 0 −1  0  1 ⎦        ⎣ 0   0   1 ⎦
//
// Written out, for pixels d₀ to d₃ and a kernel g₀, g₁, g₂:
//
//     m₀ = (d₀ − d₂) g₀                     m₁ = (d₁ + d₂)(g₀ + g₁ + g₂) / 2
//     m₂ = (d₂ − d₁)(g₀ − g₁ + g₂) / 2      m₃ = (d₃ − d₁) g₂
//     y₀ = m₀ + m₁ + m₂ = d₀g₀ + d₁g₁ + d₂g₂
//     y₁ = m₁ − m₂ + m₃ = d₁g₀ + d₂g₁ + d₃g₂
//
// F(4, 3) computes four results with six multiplications instead of twelve: d and g are polynomials, multiplied at the points
// 0, ±p, ±q and infinity. With P = p²q², S = p² + q² and factors s = 1 / 2p²(p² − q²), t = 1 / 2q²(q² − p²):
//
//          ⎡ P    0   −S   0  1  0 ⎤        ⎡ 1/P   0    0  ⎤
//          ⎢ 0  −pq²  −q²  p  1  0 ⎥        ⎢  s    sp  sp² ⎥         ⎡ 1  1   1   1   1  0 ⎤
//     Bᵀ = ⎢ 0   pq²  −q² −p  1  0 ⎥    G = ⎢  s   −sp  sp² ⎥    Aᵀ = ⎢ 0  p  −p   q  −q  0 ⎥
//          ⎢ 0  −p²q  −p²  q  1  0 ⎥        ⎢  t    tq  tq² ⎥         ⎢ 0  p²  p²  q²  q² 0 ⎥
//          ⎢ 0   p²q  −p² −q  1  0 ⎥        ⎢  t   −tq  tq² ⎥         ⎣ 0  p³ −p³  q³ −q³ 1 ⎦
//          ⎣ 0    P    0  −S  0  1 ⎦        ⎣  0    0    1  ⎦
//
// In two dimensions every matrix is applied first to the columns, then to the rows: Bᵀ d B, G g Gᵀ, Aᵀ m A, and their
// adjoints. The order of sums, and which product is fused into which sum, are part of the definition: the reference agrees
// bit for bit.

/// The points at which F(4, 3) multiplies polynomials. One and two are usual; these give half their rounding errors.
package enum WinogradPoints {
    /// The inner point p, and the outer point q.
    @inline(__always) package static var p: Float { 0.625 }
    @inline(__always) package static var q: Float { 1.5 }
    @inline(__always) package static var p2: Float { p * p }
    @inline(__always) package static var q2: Float { q * q }
    @inline(__always) package static var product: Float { p2 * q2 }
    @inline(__always) package static var sum: Float { p2 + q2 }
    @inline(__always) package static var s: Float { 1 / (2 * p2 * (p2 - q2)) }
    @inline(__always) package static var t: Float { 1 / (2 * q2 * (q2 - p2)) }
}

/// The transforms of one size of tiles, for squares of vectors.
protocol WinogradTransforms {
    /// The pixels that a tile sees, or the components that are multiplied.
    associatedtype Square: VectorSquare
    /// A tile's results.
    associatedtype Results: VectorSquare & PoolWindows

    /// Bᵀ d B.
    static func imageComponents(_ pixels: Square) -> Square
    /// B n Bᵀ, its adjoint: from gradients of components to gradients of pixels.
    static func pixels(_ components: Square) -> Square
    /// G g Gᵀ.
    static func kernelComponents(_ kernel: Three<Three<Lanes>>) -> Square
    /// Gᵀ s G: from gradients of components to the kernel's gradient.
    static func kernel(_ components: Square) -> Three<Three<Lanes>>
    /// Aᵀ m A.
    static func results(_ products: Square) -> Results
    /// A p Aᵀ, the adjoint of the results: components of their gradients.
    static func gradientComponents(_ gradients: Results) -> Square
}

/// F(2 × 2, 3 × 3).
enum SmallTiles: WinogradTransforms {
    @inline(__always) static func imageComponents(_ pixels: Four<Four<Lanes>>) -> Four<Four<Lanes>> {
        pixels.imageComponents.map { $0.imageComponents }
    }
    @inline(__always) static func pixels(_ components: Four<Four<Lanes>>) -> Four<Four<Lanes>> {
        components.pixels.map { $0.pixels }
    }
    @inline(__always) static func kernelComponents(_ kernel: Three<Three<Lanes>>) -> Four<Four<Lanes>> {
        kernel.fourComponents.map { $0.fourComponents }
    }
    @inline(__always) static func kernel(_ components: Four<Four<Lanes>>) -> Three<Three<Lanes>> {
        components.kernel.map { $0.kernel }
    }
    @inline(__always) static func results(_ products: Four<Four<Lanes>>) -> Two<Two<Lanes>> {
        products.results.map { $0.results }
    }
    @inline(__always) static func gradientComponents(_ gradients: Two<Two<Lanes>>) -> Four<Four<Lanes>> {
        gradients.gradientComponents.map { $0.gradientComponents }
    }
}

/// F(4 × 4, 3 × 3).
enum LargeTiles: WinogradTransforms {
    @inline(__always) static func imageComponents(_ pixels: Six<Six<Lanes>>) -> Six<Six<Lanes>> {
        pixels.imageComponents.map { $0.imageComponents }
    }
    @inline(__always) static func pixels(_ components: Six<Six<Lanes>>) -> Six<Six<Lanes>> {
        components.pixels.map { $0.pixels }
    }
    @inline(__always) static func kernelComponents(_ kernel: Three<Three<Lanes>>) -> Six<Six<Lanes>> {
        kernel.sixComponents.map { $0.sixComponents }
    }
    @inline(__always) static func kernel(_ components: Six<Six<Lanes>>) -> Three<Three<Lanes>> {
        components.kernel.map { $0.kernel }
    }
    @inline(__always) static func results(_ products: Six<Six<Lanes>>) -> Four<Four<Lanes>> {
        products.results.map { $0.results }
    }
    @inline(__always) static func gradientComponents(_ gradients: Four<Four<Lanes>>) -> Six<Six<Lanes>> {
        gradients.gradientComponents.map { $0.gradientComponents }
    }
}

// F(2, 3), for a line.

extension Four {
    @inline(__always) fileprivate var imageComponents: Four { Four(a - c, b + c, c - b, d - b) }
    @inline(__always) fileprivate var pixels: Four { Four(a, b - c - d, b + c - a, d) }
    @inline(__always) fileprivate var results: Two<Element> { Two(a + b + c, b - c + d) }
    @inline(__always) fileprivate var kernel: Three<Element> {
        let sum = (b + c) * 0.5
        return Three(a + sum, (b - c) * 0.5, sum + d)
    }
}

extension Two {
    @inline(__always) fileprivate var gradientComponents: Four<Element> { Four(a, a + b, a - b, b) }
}

extension Three {
    @inline(__always) fileprivate var fourComponents: Four<Element> {
        let sum = a + c
        return Four(a, (sum + b) * 0.5, (sum - b) * 0.5, c)
    }
}

// F(4, 3), for a line. Values at p and −p, or at q and −q, are the sum and the difference of an even and an odd part.

private typealias Points = WinogradPoints

extension Six {
    @inline(__always) fileprivate var imageComponents: Six {
        let evenP = e.adding(c, times: -Points.q2)
        let oddP = d.adding(b, times: -Points.q2)
        let evenQ = e.adding(c, times: -Points.p2)
        let oddQ = d.adding(b, times: -Points.p2)
        return Six(
            e.adding(c, times: -Points.sum).adding(a, times: Points.product),
            evenP.adding(oddP, times: Points.p), evenP.adding(oddP, times: -Points.p),
            evenQ.adding(oddQ, times: Points.q), evenQ.adding(oddQ, times: -Points.q),
            f.adding(d, times: -Points.sum).adding(b, times: Points.product))
    }

    @inline(__always) fileprivate var pixels: Six {
        let (evenP, oddP, evenQ, oddQ) = (b + c, b - c, d + e, d - e)
        let odd = (oddP * Points.p).adding(oddQ, times: Points.q)
        let oddCrossed = (oddP * (Points.p * Points.q2)).adding(oddQ, times: Points.p2 * Points.q)
        let evenCrossed = (evenP * Points.q2).adding(evenQ, times: Points.p2)
        return Six(
            a * Points.product, f * Points.product - oddCrossed, a * -Points.sum - evenCrossed,
            odd.adding(f, times: -Points.sum), a + evenP + evenQ, f)
    }

    @inline(__always) fileprivate var results: Four<Element> {
        let (evenP, oddP, evenQ, oddQ) = (b + c, b - c, d + e, d - e)
        return Four(
            a + evenP + evenQ,
            (oddP * Points.p).adding(oddQ, times: Points.q),
            (evenP * Points.p2).adding(evenQ, times: Points.q2),
            f.adding(oddP, times: Points.p * Points.p2).adding(oddQ, times: Points.q * Points.q2))
    }

    @inline(__always) fileprivate var kernel: Three<Element> {
        let (evenP, oddP, evenQ, oddQ) = (b + c, b - c, d + e, d - e)
        return Three(
            (a * (1 / Points.product)).adding(evenP, times: Points.s).adding(evenQ, times: Points.t),
            (oddP * (Points.s * Points.p)).adding(oddQ, times: Points.t * Points.q),
            f.adding(evenP, times: Points.s * Points.p2).adding(evenQ, times: Points.t * Points.q2))
    }
}

extension Four {
    @inline(__always) fileprivate var gradientComponents: Six<Element> {
        let evenP = a.adding(c, times: Points.p2)
        let oddP = b.adding(d, times: Points.p2)
        let evenQ = a.adding(c, times: Points.q2)
        let oddQ = b.adding(d, times: Points.q2)
        return Six(
            a, evenP.adding(oddP, times: Points.p), evenP.adding(oddP, times: -Points.p),
            evenQ.adding(oddQ, times: Points.q), evenQ.adding(oddQ, times: -Points.q), d)
    }
}

extension Three {
    @inline(__always) fileprivate var sixComponents: Six<Element> {
        let evenP = a.adding(c, times: Points.p2) * Points.s
        let evenQ = a.adding(c, times: Points.q2) * Points.t
        let oddP = b * (Points.s * Points.p)
        let oddQ = b * (Points.t * Points.q)
        return Six(a * (1 / Points.product), evenP + oddP, evenP - oddP, evenQ + oddQ, evenQ - oddQ, c)
    }
}

/// A square of results that windows of 2 × 2 divide evenly.
protocol PoolWindows {
    /// Windows along a side.
    static var windows: Int { get }
    /// Calls the body for each window with its position in the square.
    func forEachWindow(_ body: (_ row: Int, _ column: Int, Two<Two<Lanes>>) -> Void)
}

extension Two: PoolWindows where Element == Two<Lanes> {
    static var windows: Int { 1 }
    @inline(__always) func forEachWindow(_ body: (_ row: Int, _ column: Int, Two<Two<Lanes>>) -> Void) {
        body(0, 0, self)
    }
}

extension Four: PoolWindows where Element == Four<Lanes> {
    static var windows: Int { 2 }
    @inline(__always) func forEachWindow(_ body: (_ row: Int, _ column: Int, Two<Two<Lanes>>) -> Void) {
        body(0, 0, Two(Two(a.a, a.b), Two(b.a, b.b)))
        body(0, 1, Two(Two(a.c, a.d), Two(b.c, b.d)))
        body(1, 0, Two(Two(c.a, c.b), Two(d.a, d.b)))
        body(1, 1, Two(Two(c.c, c.d), Two(d.c, d.d)))
    }
}
