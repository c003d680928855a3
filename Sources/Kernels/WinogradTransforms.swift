// The small matrices of Winograd's convolution F(2 × 2, 3 × 3), applied to vectors of channels:
//
//          ⎡ 1  0 −1  0 ⎤        ⎡ 1   0   0 ⎤
//     Bᵀ = ⎢ 0  1  1  0 ⎥    G = ⎢ ½   ½   ½ ⎥    Aᵀ = ⎡ 1  1  1  0 ⎤
//          ⎢ 0 −1  1  0 ⎥        ⎢ ½  −½   ½ ⎥         ⎣ 0  1 −1  1 ⎦
//          ⎣ 0 −1  0  1 ⎦        ⎣ 0   0   1 ⎦
//
// Two results of three neighbours each, y = Aᵀ ((G g) ⊙ (Bᵀ d)), for four multiplications instead of six. In two dimensions
// every matrix is applied to the columns first and to the rows then: Bᵀ d B, G g Gᵀ, Aᵀ m A, and their adjoints.
//
// Everything is written for one line of values; a line of lines is a square. No product is fused with a sum, and sums run
// from left to right: the reference agrees bit for bit.

/// What lines are made of: vectors, or lines again.
protocol LineElement {
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    var halved: Self { get }
}

extension SIMD8: LineElement where Scalar == Float {
    @inline(__always) var halved: Self { self * 0.5 }
}

extension SIMD16: LineElement where Scalar == Float {
    @inline(__always) var halved: Self { self * 0.5 }
}

/// Two neighbours: results.
struct Two<Element: LineElement> {
    var a, b: Element

    @inline(__always) init(_ a: Element, _ b: Element) {
        self.a = a
        self.b = b
    }
    @inline(__always) func map<New: LineElement>(_ change: (Element) -> New) -> Two<New> {
        Two<New>(change(a), change(b))
    }
}

/// Three neighbours: a kernel.
struct Three<Element: LineElement> {
    var a, b, c: Element

    @inline(__always) init(_ a: Element, _ b: Element, _ c: Element) {
        self.a = a
        self.b = b
        self.c = c
    }
    @inline(__always) func map<New: LineElement>(_ change: (Element) -> New) -> Three<New> {
        Three<New>(change(a), change(b), change(c))
    }
}

/// Four neighbours: what two results see, or the components that are multiplied.
struct Four<Element: LineElement> {
    var a, b, c, d: Element

    @inline(__always) init(_ a: Element, _ b: Element, _ c: Element, _ d: Element) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
    }
    @inline(__always) func map<New: LineElement>(_ change: (Element) -> New) -> Four<New> {
        Four<New>(change(a), change(b), change(c), change(d))
    }
}

extension Two: LineElement {
    @inline(__always) static func + (x: Self, y: Self) -> Self { Self(x.a + y.a, x.b + y.b) }
    @inline(__always) static func - (x: Self, y: Self) -> Self { Self(x.a - y.a, x.b - y.b) }
    @inline(__always) var halved: Self { map(\.halved) }
}

extension Three: LineElement {
    @inline(__always) static func + (x: Self, y: Self) -> Self { Self(x.a + y.a, x.b + y.b, x.c + y.c) }
    @inline(__always) static func - (x: Self, y: Self) -> Self { Self(x.a - y.a, x.b - y.b, x.c - y.c) }
    @inline(__always) var halved: Self { Self(a.halved, b.halved, c.halved) }
}

extension Two where Element == Lanes {
    @inline(__always) init(_ address: UnsafePointer<Float>, _ stride: Int) {
        self.init(address.lanes(), address.lanes(at: stride))
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, _ stride: Int) {
        address.store(a)
        address.store(b, at: stride)
    }
}

extension Three where Element == Lanes {
    @inline(__always) init(_ address: UnsafePointer<Float>, _ stride: Int) {
        self.init(address.lanes(), address.lanes(at: stride), address.lanes(at: 2 * stride))
    }
}

extension Four where Element == Lanes {
    @inline(__always) init(_ address: UnsafePointer<Float>, _ stride: Int) {
        self.init(
            address.lanes(), address.lanes(at: stride), address.lanes(at: 2 * stride), address.lanes(at: 3 * stride))
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, _ stride: Int) {
        address.store(a)
        address.store(b, at: stride)
        address.store(c, at: 2 * stride)
        address.store(d, at: 3 * stride)
    }
}

extension Four where Element == Four<Lanes> {
    @inline(__always) init(_ address: UnsafePointer<Float>, _ rowStride: Int, _ stride: Int) {
        self.init(
            Four<Lanes>(address, stride), Four<Lanes>(address + rowStride, stride),
            Four<Lanes>(address + 2 * rowStride, stride), Four<Lanes>(address + 3 * rowStride, stride))
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, _ rowStride: Int, _ stride: Int) {
        a.store(to: address, stride)
        b.store(to: address + rowStride, stride)
        c.store(to: address + 2 * rowStride, stride)
        d.store(to: address + 3 * rowStride, stride)
    }
}

extension Four: LineElement {
    @inline(__always) static func + (x: Self, y: Self) -> Self { Self(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d) }
    @inline(__always) static func - (x: Self, y: Self) -> Self { Self(x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d) }
    @inline(__always) var halved: Self { Self(a.halved, b.halved, c.halved, d.halved) }
}

extension Four {
    /// Bᵀ d: components of four pixels.
    @inline(__always) var imageComponents: Four { Four(a - c, b + c, c - b, d - b) }
    /// B n, its adjoint: what the components' gradients say of the pixels.
    @inline(__always) var pixels: Four { Four(a, b - c - d, b + c - a, d) }
    /// Aᵀ m: two results of the products.
    @inline(__always) var results: Two<Element> { Two(a + b + c, b - c + d) }
    /// Gᵀ s: what the components' gradients say of the kernel.
    @inline(__always) var kernel: Three<Element> {
        let sum = (b + c).halved
        return Three(a + sum, (b - c).halved, sum + d)
    }
}

extension Two {
    /// A p, the adjoint of the results: components of their gradients.
    @inline(__always) var gradientComponents: Four<Element> { Four(a, a + b, a - b, b) }
}

extension Three {
    /// G g: components of a kernel.
    @inline(__always) var kernelComponents: Four<Element> {
        let sum = a + c
        return Four(a, (sum + b).halved, (sum - b).halved, c)
    }
}
