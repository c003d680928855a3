// Winograd's products, component by component: C_ξ[tile, n] = Σ_k A_ξ[tile, k] · B_ξ[k, n] for all components ξ, on
// a block of tiles that stays in the cache.
//
// A holds all of a tile's channels, C one panel of columns at a time, so that working memory grows with one of them only.
// Limit: multiply-add units; for many channels and few tiles, streaming the kernel's components from L3.

/// The components of a block of tiles: for each component, a row of whole vectors for each tile.
struct ComponentRows {
    /// Floats of a row.
    let width: Int
    /// Floats from one component to the next: a cache line more than the rows, because strides of whole pages would map
    /// sixteen stores to one cache set.
    let stride: Int
    /// Floats from one row of a square of components to the next.
    let squareRow: Int
    let floats: Int

    init(_ winograd: Winograd, tiles: Int, width: Int) {
        self.width = width
        stride = tiles * width + lineFloats
        squareRow = winograd.length * stride
        floats = winograd.components * stride
    }
}

/// The layout of a block of tiles in working memory: components of all channels of one side, components of one panel of the
/// other, and a patch.
struct WinogradBlock {
    /// The most tiles worked on at a time.
    let tiles: Int
    let components: Int
    let whole: ComponentRows
    let panel: ComponentRows

    /// Enough rows to be worth fetching a kernel's panel for, few enough for a block to stay in the cache.
    static let usualTiles = 48
    /// Rows of a kernel's panel, at four vectors each, of which the L1 cache holds twice as many: those that are read, and
    /// those that come next.
    static let sliceDepth = 64

    init(_ winograd: Winograd, wholeChannels: Int, panelChannels: Int, tiles: Int = usualTiles) {
        self.tiles = tiles
        components = winograd.components
        whole = ComponentRows(winograd, tiles: tiles, width: Panels(columns: wholeChannels).paddedColumns)
        panel = ComponentRows(
            winograd, tiles: tiles, width: min(Panels(columns: panelChannels).paddedColumns, Panels.widestColumns))
    }

    var panelOffset: Int { whole.floats }
    var patchOffset: Int { whole.floats + panel.floats }
    var floats: Int { patchOffset + components * max(whole.width, panel.width) }

    /// Calls the body for one block of tiles after the other, all of nearly the same size.
    @inline(__always)
    func forEachBlock(of all: Range<Int>, _ body: (Range<Int>) -> Void) {
        let blocks = (all.count + tiles - 1) / tiles
        for block in 0..<blocks { body(all.share(block, of: blocks)) }
    }
}

extension Panel {
    /// All channels at once.
    static func whole(channels: Int) -> Panel {
        Panel(column: 0, vectors: Panels(columns: channels).paddedColumns / laneCount, columns: channels)
    }
}

/// The products of one panel, whose rows of the next component lie `bStride` floats further on in `b`, up to `bEnd`.
///
/// As many rows at a time as stay in the L1 cache while all tiles pass; the next ones are prefetched meanwhile.
func multiplyComponents(
    _ block: WinogradBlock, tiles: Int, depth: Int, panel: Panel, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    bStride: Int, bEnd: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>
) {
    let slices = (depth + WinogradBlock.sliceDepth - 1) / WinogradBlock.sliceDepth
    for component in 0..<block.components {
        for slice in 0..<slices {
            let rows = (0..<depth).share(slice, of: slices)
            let product = ProductShape(
                inner: rows.count, aRow: block.whole.width, aInner: 1, bInner: panel.width, cRow: block.panel.width)
            multiplyPanel(
                product, rows: tiles, panel: panel.padded, a: a + component * block.whole.stride + rows.lowerBound,
                b: b + component * bStride + rows.lowerBound * panel.width, c: c + component * block.panel.stride,
                start: slice == 0 ? .row(nil) : .continued,
                ahead: Ahead(b + component * bStride + rows.upperBound * panel.width, end: bEnd))
        }
    }
}
