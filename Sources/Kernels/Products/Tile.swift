// A tile: a small block of a product's result that stays in registers while the sum over k runs.
//
// Tiles are built from types, so that the compiler knows every accumulator by name and keeps it in a register:
// a `Strip` is some neighbouring vectors, a `Row` is one strip, a `Stack` is one tile above another.
// Six rows of four vectors are 24 accumulators: enough to hide the latency of the multiply-add, few enough to
// leave registers for the operands.

/// Neighbouring vectors: a part of one row of the right-hand matrix.
protocol Strip {
    static var vectors: Int { get }
    init()
    init(_ address: UnsafePointer<Float>)
    mutating func add(_ a: Lanes, times b: Self)
    mutating func add(_ other: Self)
    func store(to address: UnsafeMutablePointer<Float>)
}

struct Single: Strip {
    static var vectors: Int { 1 }
    var v: Lanes

    @inline(__always) init(v: Lanes) { self.v = v }
    @inline(__always) init() { v = .zero }
    @inline(__always) init(_ address: UnsafePointer<Float>) { v = address.lanes() }
    @inline(__always) mutating func add(_ a: Lanes, times b: Single) { v = v.adding(a, times: b.v) }
    @inline(__always) mutating func add(_ other: Single) { v += other.v }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>) { address.store(v) }
}

struct Beside<Left: Strip, Right: Strip>: Strip {
    static var vectors: Int { Left.vectors + Right.vectors }
    var left: Left
    var right: Right

    @inline(__always) init() {
        left = Left()
        right = Right()
    }
    @inline(__always) init(_ address: UnsafePointer<Float>) {
        left = Left(address)
        right = Right(address + Left.vectors * laneCount)
    }
    @inline(__always) mutating func add(_ a: Lanes, times b: Beside) {
        left.add(a, times: b.left)
        right.add(a, times: b.right)
    }
    @inline(__always) mutating func add(_ other: Beside) {
        left.add(other.left)
        right.add(other.right)
    }
    @inline(__always) func store(to address: UnsafeMutablePointer<Float>) {
        left.store(to: address)
        right.store(to: address + Left.vectors * laneCount)
    }
}

typealias Pair = Beside<Single, Single>
typealias Triple = Beside<Pair, Single>
typealias Quad = Beside<Pair, Pair>
typealias Quintet = Beside<Quad, Single>
typealias Sextet = Beside<Triple, Triple>

/// A block of accumulators, `rows` high and one strip wide.
protocol Tile {
    associatedtype Width: Strip
    static var rows: Int { get }
    init(everyRow start: Width)
    init(rows c: UnsafePointer<Float>, _ rowStride: Int)
    mutating func add<P: PixelRow>(_ a: P, _ rowStride: Int, times b: Width)
    mutating func add(_ c: UnsafePointer<Float>, _ rowStride: Int)
    mutating func add(_ a: Lanes, timesRows b: UnsafePointer<Float>, _ rowStride: Int)
    func store(to c: UnsafeMutablePointer<Float>, _ rowStride: Int)
    /// Stores each row at the index that `rows` holds for it, as bits.
    func store(to c: UnsafeMutablePointer<Float>, _ rowStride: Int, rows: UnsafePointer<Float>)
}

struct Row<Width: Strip>: Tile {
    static var rows: Int { 1 }
    var sum: Width

    @inline(__always) init(everyRow start: Width) { sum = start }
    @inline(__always) init(rows c: UnsafePointer<Float>, _ rowStride: Int) { sum = Width(c) }
    @inline(__always) mutating func add<P: PixelRow>(_ a: P, _ rowStride: Int, times b: Width) {
        sum.add(a.spread, times: b)
    }
    @inline(__always) mutating func add(_ c: UnsafePointer<Float>, _ rowStride: Int) { sum.add(Width(c)) }
    @inline(__always) mutating func add(_ a: Lanes, timesRows b: UnsafePointer<Float>, _ rowStride: Int) {
        sum.add(a, times: Width(b))
    }
    @inline(__always) func store(to c: UnsafeMutablePointer<Float>, _ rowStride: Int) { sum.store(to: c) }
    @inline(__always) func store(to c: UnsafeMutablePointer<Float>, _ rowStride: Int, rows: UnsafePointer<Float>) {
        sum.store(to: c + Int(rows.pointee.bitPattern) &* rowStride)
    }
}

struct Stack<Upper: Tile, Lower: Tile>: Tile where Upper.Width == Lower.Width {
    static var rows: Int { Upper.rows + Lower.rows }
    var upper: Upper
    var lower: Lower

    @inline(__always) init(everyRow start: Upper.Width) {
        upper = Upper(everyRow: start)
        lower = Lower(everyRow: start)
    }
    @inline(__always) init(rows c: UnsafePointer<Float>, _ rowStride: Int) {
        upper = Upper(rows: c, rowStride)
        lower = Lower(rows: c + Upper.rows * rowStride, rowStride)
    }
    @inline(__always) mutating func add<P: PixelRow>(_ a: P, _ rowStride: Int, times b: Upper.Width) {
        upper.add(a, rowStride, times: b)
        lower.add(a.advanced(by: Upper.rows * rowStride), rowStride, times: b)
    }
    @inline(__always) mutating func add(_ c: UnsafePointer<Float>, _ rowStride: Int) {
        upper.add(c, rowStride)
        lower.add(c + Upper.rows * rowStride, rowStride)
    }
    @inline(__always) mutating func add(_ a: Lanes, timesRows b: UnsafePointer<Float>, _ rowStride: Int) {
        upper.add(a, timesRows: b, rowStride)
        lower.add(a, timesRows: b + Upper.rows * rowStride, rowStride)
    }
    @inline(__always) func store(to c: UnsafeMutablePointer<Float>, _ rowStride: Int) {
        upper.store(to: c, rowStride)
        lower.store(to: c + Upper.rows * rowStride, rowStride)
    }
    @inline(__always) func store(to c: UnsafeMutablePointer<Float>, _ rowStride: Int, rows: UnsafePointer<Float>) {
        upper.store(to: c, rowStride, rows: rows)
        lower.store(to: c, rowStride, rows: rows + Upper.rows)
    }
}

typealias Rows1<W: Strip> = Row<W>
typealias Rows2<W: Strip> = Stack<Row<W>, Row<W>>
typealias Rows3<W: Strip> = Stack<Rows2<W>, Row<W>>
typealias Rows4<W: Strip> = Stack<Rows2<W>, Rows2<W>>
typealias Rows5<W: Strip> = Stack<Rows3<W>, Rows2<W>>
typealias Rows6<W: Strip> = Stack<Rows3<W>, Rows3<W>>
typealias Rows7<W: Strip> = Stack<Rows4<W>, Rows3<W>>
typealias Rows8<W: Strip> = Stack<Rows4<W>, Rows4<W>>
typealias Rows9<W: Strip> = Stack<Rows5<W>, Rows4<W>>
typealias Rows10<W: Strip> = Stack<Rows5<W>, Rows5<W>>
typealias Rows11<W: Strip> = Stack<Rows6<W>, Rows5<W>>
typealias Rows12<W: Strip> = Stack<Rows6<W>, Rows6<W>>
