// Winograd's products, component by component: C_ξ[tile, n] = Σ_k A_ξ[tile, k] · B_ξ[k, n] for the 16 components ξ, on
// a block of tiles that stays in the cache.
//
// A holds all of a tile's channels, C one panel of columns at a time, so that working memory grows with one of them only.
// Limit: multiply-add units; for many channels and few tiles, streaming the kernel's components from L3.

/// The components of a block of tiles: for each component, a row of whole vectors for each tile.
struct ComponentRows {
    /// Floats of a row.
    let width: Int
    /// Floats from one component to the next: a cache line more than the rows, because distances that are multiples of a
    /// page would make sixteen stores meet in one set of the cache.
    let stride: Int

    init(tiles: Int, width: Int) {
        self.width = width
        stride = tiles * width + 16
    }

    var floats: Int { Winograd.components * stride }
}

/// How working memory holds a block of tiles: components of all channels of one side, components of one panel of the
/// other's, a patch.
struct WinogradBlock {
    /// Tiles worked on at a time: a function of shapes alone.
    let tiles: Int
    let whole: ComponentRows
    let panel: ComponentRows
    let floats: Int

    /// Floats of components that stay in the cache beside a panel of the kernel's.
    private static let cachedFloats = 96 * 1024
    private static let mostTiles = 48
    /// What divides evenly into tall register tiles of every width.
    private static let multiple = 12

    init(wholeChannels: Int, panelChannels: Int) {
        let wholeWidth = Panels(columns: wholeChannels).paddedColumns
        let panelWidth = min(Panels(columns: panelChannels).paddedColumns, Panels.widestColumns)
        let fit = Self.cachedFloats / (Winograd.components * (wholeWidth + panelWidth))
        tiles = min(Self.mostTiles, max(Self.multiple, fit / Self.multiple * Self.multiple))
        whole = ComponentRows(tiles: tiles, width: wholeWidth)
        panel = ComponentRows(tiles: tiles, width: panelWidth)
        floats = whole.floats + panel.floats + Winograd.components * max(wholeWidth, panelWidth)
    }

    var panelOffset: Int { whole.floats }
    var patchOffset: Int { whole.floats + panel.floats }

    /// Calls the body for all tiles, a block after the other, all of nearly the same size.
    @inline(__always)
    func forEachBlock(of all: Int, _ body: (Range<Int>) -> Void) {
        let blocks = (all + tiles - 1) / tiles
        for block in 0..<blocks { body(all * block / blocks..<all * (block + 1) / blocks) }
    }
}

extension Panel {
    /// All channels at once.
    static func whole(channels: Int) -> Panel {
        Panel(column: 0, vectors: Panels(columns: channels).paddedColumns / laneCount, columns: channels)
    }

    /// Columns with padding.
    var width: Int { vectors * laneCount }

    /// The same columns, with the padding counted among them.
    var padded: Panel { Panel(column: column, vectors: vectors, columns: width) }
}

/// The products of one panel: `b` holds the panel's rows of one component after the other.
func multiplyComponents(
    _ block: WinogradBlock, tiles: Int, depth: Int, panel: Panel, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>
) {
    let product = ProductShape(
        inner: depth, aRow: block.whole.width, aInner: 1, bInner: panel.width, cRow: block.panel.width)
    for component in 0..<Winograd.components {
        multiplyPanel(
            product, rows: tiles, panel: panel.padded, a: a + component * block.whole.stride,
            b: b + component * depth * panel.width, c: c + component * block.panel.stride, start: .row(nil))
    }
}
