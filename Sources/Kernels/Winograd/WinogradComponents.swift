// Winograd's products, component by component: C_ξ[tile, n] = Σ_k A_ξ[tile, k] · B_ξ[k, n] for all components ξ, on
// a block of tiles that stays in the cache.
//
// A holds all of a tile's channels, C one group of panels at a time, so that working memory grows with one of them only, and
// A, which may be larger than L2, is fetched once for a group.
// Limit: multiply-add units; for many channels and few tiles, streaming the kernel's components from L3.

/// The components of a block of tiles: for each component, a row of whole vectors for each tile.
struct ComponentRows {
    /// Floats from one row to the next.
    let row: Int
    /// Floats from one component to the next: a cache line more than the rows, because strides of whole pages would map
    /// sixteen stores to one cache set.
    let stride: Int
    /// Floats from one row of a square of components to the next.
    let squareRow: Int
    let floats: Int

    /// Rows that are read downwards lie a cache line further apart: at a power of two, few of them would fit into the L1 cache.
    init(_ winograd: Winograd, tiles: Int, width: Int, readDownwards: Bool) {
        row = readDownwards && width >= 64 ? width + lineFloats : width
        stride = tiles * row + lineFloats
        squareRow = winograd.length * stride
        floats = winograd.components * stride
    }
}

/// The layout of a block of tiles in working memory: components of all channels of one side, components of one group of panels
/// of the other, and a patch.
struct WinogradBlock {
    /// The most tiles worked on at a time.
    let tiles: Int
    let components: Int
    let whole: ComponentRows
    let group: ComponentRows
    private let patchFloats: Int

    /// Floats of a kernel's panel of which the L1 cache holds twice as many: those that are read, and those that come next.
    static let sliceFloats = 4096

    init(_ winograd: Winograd, wholeChannels: Int, groupChannels: Int, tiles: Int, readDownwards: Bool = false) {
        let wholeWidth = Panels(columns: wholeChannels).paddedColumns
        let groupWidth = min(Panels(columns: groupChannels).paddedColumns, Panels.groupColumns)
        self.tiles = tiles
        components = winograd.components
        whole = ComponentRows(winograd, tiles: tiles, width: wholeWidth, readDownwards: readDownwards)
        group = ComponentRows(winograd, tiles: tiles, width: groupWidth, readDownwards: readDownwards)
        patchFloats = components * max(wholeWidth, groupWidth)
    }

    var groupOffset: Int { whole.floats }
    var patchOffset: Int { whole.floats + group.floats }
    var floats: Int { patchOffset + patchFloats }

    /// Calls the body for one block of tiles after the other, all of nearly the same size.
    @inline(__always)
    func forEachBlock(of all: Range<Int>, _ body: (Range<Int>) -> Void) {
        let blocks = all.count.dividedRoundingUp(by: tiles)
        for block in 0..<blocks { body(all.share(block, of: blocks)) }
    }
}

extension Panel {
    /// All channels at once.
    static func whole(channels: Int) -> Panel {
        Panel(column: 0, vectors: Panels(columns: channels).paddedColumns / laneCount, columns: channels)
    }
}

/// The products of a group of panels with packed kernels.
///
/// As many rows of a panel at a time as stay in the L1 cache while all tiles pass; the next ones are prefetched meanwhile.
func multiplyComponents(
    _ block: WinogradBlock, tiles: Int, depth: Int, group: PanelGroup, a: UnsafePointer<Float>,
    kernels: WinogradKernelPanels, packed: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>
) {
    let end = packed + kernels.floats
    for component in 0..<block.components {
        for index in group.panels {
            let panel = kernels.panels[index]
            let b = packed + kernels.offset(index) + component * kernels.stride(panel)
            let slices = (depth * panel.width + WinogradBlock.sliceFloats - 1) / WinogradBlock.sliceFloats
            for slice in 0..<slices {
                let rows = (0..<depth).share(slice, of: slices)
                let product = ProductShape(
                    inner: rows.count, aRow: block.whole.row, aInner: 1, bInner: panel.width, cRow: block.group.row)
                multiplyPanel(
                    product, rows: tiles, panel: panel.padded,
                    a: a + component * block.whole.stride + rows.lowerBound, b: b + rows.lowerBound * panel.width,
                    c: c + component * block.group.stride + panel.column - group.whole.column,
                    start: slice == 0 ? .row(nil) : .continued,
                    ahead: Ahead(b + rows.upperBound * panel.width, end: end))
            }
        }
    }
}
