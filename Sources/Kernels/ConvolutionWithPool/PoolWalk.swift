/// Strides from one window of a pool to the next, and between its places, in the images that the convolution before it reads.
struct PoolWalk {
    /// Windows of the pool.
    let windowRows, windowColumns: Int
    /// Places of one window: results of the convolution.
    let placeRows, placeColumns: Int
    /// From a pixel to the one below.
    let rowStride: Int
    /// From window to window.
    let windowRow, windowColumn: Int
    /// From place to place.
    let placeRow, placeColumn: Int

    init(_ convolution: ConvolutionShape, _ pool: PoolingShape, rowStride: Int) {
        (windowRows, windowColumns) = (pool.vertical.count, pool.horizontal.count)
        (placeRows, placeColumns) = (pool.vertical.window, pool.horizontal.window)
        self.rowStride = rowStride
        placeRow = convolution.vertical.stride * rowStride
        placeColumn = convolution.horizontal.stride * convolution.channels
        windowRow = pool.vertical.stride * placeRow
        windowColumn = pool.horizontal.stride * placeColumn
    }
}
