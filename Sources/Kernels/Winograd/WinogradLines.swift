// Lines and squares of vectors, for Winograd's transforms: a line of values by name, so that the compiler knows each of them
// and may keep it in a register. A line of lines is a square.

/// What lines are made of: vectors, or lines again.
protocol LineElement {
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, factor: Float) -> Self
    /// `self + a * factor`, rounded once where the machine can.
    func adding(_ a: Self, times factor: Float) -> Self
    /// max(self, 0), element by element.
    var rectified: Self { get }
}

extension SIMD8: LineElement where Scalar == Float {
    @inline(__always) func adding(_ a: Self, times factor: Float) -> Self { adding(a, times: Self(repeating: factor)) }
}

extension SIMD16: LineElement where Scalar == Float {
    @inline(__always) func adding(_ a: Self, times factor: Float) -> Self { adding(a, times: Self(repeating: factor)) }
}

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

struct Six<Element: LineElement> {
    var a, b, c, d, e, f: Element

    @inline(__always)
    init(_ a: Element, _ b: Element, _ c: Element, _ d: Element, _ e: Element, _ f: Element) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
        self.e = e
        self.f = f
    }
    @inline(__always) func map<New: LineElement>(_ change: (Element) -> New) -> Six<New> {
        Six<New>(change(a), change(b), change(c), change(d), change(e), change(f))
    }
}

extension Two: LineElement {
    @inline(__always) var rectified: Self { map { $0.rectified } }
    @inline(__always) static func + (x: Self, y: Self) -> Self { Self(x.a + y.a, x.b + y.b) }
    @inline(__always) static func - (x: Self, y: Self) -> Self { Self(x.a - y.a, x.b - y.b) }
    @inline(__always) static func * (x: Self, factor: Float) -> Self { x.map { $0 * factor } }
    @inline(__always) func adding(_ x: Self, times factor: Float) -> Self {
        Self(a.adding(x.a, times: factor), b.adding(x.b, times: factor))
    }
}

extension Three: LineElement {
    @inline(__always) var rectified: Self { map { $0.rectified } }
    @inline(__always) static func + (x: Self, y: Self) -> Self { Self(x.a + y.a, x.b + y.b, x.c + y.c) }
    @inline(__always) static func - (x: Self, y: Self) -> Self { Self(x.a - y.a, x.b - y.b, x.c - y.c) }
    @inline(__always) static func * (x: Self, factor: Float) -> Self { x.map { $0 * factor } }
    @inline(__always) func adding(_ x: Self, times factor: Float) -> Self {
        Self(a.adding(x.a, times: factor), b.adding(x.b, times: factor), c.adding(x.c, times: factor))
    }
}

extension Four: LineElement {
    @inline(__always) var rectified: Self { map { $0.rectified } }
    @inline(__always) static func + (x: Self, y: Self) -> Self { Self(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d) }
    @inline(__always) static func - (x: Self, y: Self) -> Self { Self(x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d) }
    @inline(__always) static func * (x: Self, factor: Float) -> Self { x.map { $0 * factor } }
    @inline(__always) func adding(_ x: Self, times factor: Float) -> Self {
        Self(
            a.adding(x.a, times: factor), b.adding(x.b, times: factor),
            c.adding(x.c, times: factor), d.adding(x.d, times: factor))
    }
}

extension Six: LineElement {
    @inline(__always) var rectified: Self { map { $0.rectified } }
    @inline(__always) static func + (x: Self, y: Self) -> Self {
        Self(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d, x.e + y.e, x.f + y.f)
    }
    @inline(__always) static func - (x: Self, y: Self) -> Self {
        Self(x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d, x.e - y.e, x.f - y.f)
    }
    @inline(__always) static func * (x: Self, factor: Float) -> Self { x.map { $0 * factor } }
    @inline(__always) func adding(_ x: Self, times factor: Float) -> Self {
        Self(
            a.adding(x.a, times: factor), b.adding(x.b, times: factor), c.adding(x.c, times: factor),
            d.adding(x.d, times: factor), e.adding(x.e, times: factor), f.adding(x.f, times: factor))
    }
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

extension Six where Element == Lanes {
    @inline(__always) init(_ address: UnsafePointer<Float>, _ stride: Int) {
        self.init(
            address.lanes(), address.lanes(at: stride), address.lanes(at: 2 * stride),
            address.lanes(at: 3 * stride), address.lanes(at: 4 * stride), address.lanes(at: 5 * stride))
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, _ stride: Int) {
        address.store(a)
        address.store(b, at: stride)
        address.store(c, at: 2 * stride)
        address.store(d, at: 3 * stride)
        address.store(e, at: 4 * stride)
        address.store(f, at: 5 * stride)
    }
}

/// A square of vectors; in memory with strides from row to row and from vector to vector.
protocol VectorSquare: LineElement {
    init(_ address: UnsafePointer<Float>, _ rowStride: Int, _ stride: Int)
    init(repeating vector: Lanes)
    func store(to address: UnsafeMutablePointer<Float>, _ rowStride: Int, _ stride: Int)
}

extension Two: VectorSquare where Element == Two<Lanes> {
    @inline(__always) init(repeating vector: Lanes) {
        let row = Two<Lanes>(vector, vector)
        self.init(row, row)
    }
    @inline(__always) init(_ address: UnsafePointer<Float>, _ rowStride: Int, _ stride: Int) {
        self.init(Two<Lanes>(address, stride), Two<Lanes>(address + rowStride, stride))
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, _ rowStride: Int, _ stride: Int) {
        a.store(to: address, stride)
        b.store(to: address + rowStride, stride)
    }
}

extension Four: VectorSquare where Element == Four<Lanes> {
    @inline(__always) init(repeating vector: Lanes) {
        let row = Four<Lanes>(vector, vector, vector, vector)
        self.init(row, row, row, row)
    }
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

extension Six: VectorSquare where Element == Six<Lanes> {
    @inline(__always) init(repeating vector: Lanes) {
        let row = Six<Lanes>(vector, vector, vector, vector, vector, vector)
        self.init(row, row, row, row, row, row)
    }
    @inline(__always) init(_ address: UnsafePointer<Float>, _ rowStride: Int, _ stride: Int) {
        self.init(
            Six<Lanes>(address, stride), Six<Lanes>(address + rowStride, stride),
            Six<Lanes>(address + 2 * rowStride, stride), Six<Lanes>(address + 3 * rowStride, stride),
            Six<Lanes>(address + 4 * rowStride, stride), Six<Lanes>(address + 5 * rowStride, stride))
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>, _ rowStride: Int, _ stride: Int) {
        a.store(to: address, stride)
        b.store(to: address + rowStride, stride)
        c.store(to: address + 2 * rowStride, stride)
        d.store(to: address + 3 * rowStride, stride)
        e.store(to: address + 4 * rowStride, stride)
        f.store(to: address + 5 * rowStride, stride)
    }
}
