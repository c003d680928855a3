import Kernels
import Tensors

/// Where the windows of a kernel lie on an image, if there is room for them and time for their products.
///
/// - Parameter filters: how many channels the result has.
func convolutionWindows(
    _ x: Value, kernel: Value, filters: Int, strides: (vertical: Int, horizontal: Int),
    dilation: (vertical: Int, horizontal: Int) = (1, 1), same: Bool
) throws(ShapeError) -> (vertical: Windows, horizontal: Windows) {
    guard max(strides.vertical, strides.horizontal) == 1 || max(dilation.vertical, dilation.horizontal) == 1 else {
        throw ShapeError("strides and dilation_rate cannot both be more than 1", kernel.shape, x.shape)
    }
    let isDilated = max(dilation.vertical, dilation.horizontal) > 1
    func windows(_ axis: Int, _ stride: Int, _ dilation: Int) -> Windows? {
        Windows(size: x.shape[axis], window: kernel.shape[axis], stride: stride, dilation: dilation, same: same)
    }
    guard let vertical = windows(0, strides.vertical, dilation.vertical),
        let horizontal = windows(1, strides.horizontal, dilation.horizontal)
    else {
        throw ShapeError(
            isDilated
                ? "the kernel with its gaps is larger than the image; a smaller kernel_size or dilation_rate, or padding "
                    + "\"same\" fits"
                : "the kernel is larger than the image; a smaller kernel_size or padding \"same\" fits",
            kernel.shape, x.shape)
    }
    try checkCost(
        products: Double(vertical.count) * Double(horizontal.count) * Double(kernel.shape.count), kernel.shape, x.shape)
    // Gaps cost no products, but frames are as large as windows reach.
    let frame = Double(vertical.length + vertical.size) * Double(horizontal.length + horizontal.size)
    guard frame * Double(max(x.shape[2], filters)) < 0x1p48 else {
        throw ShapeError(
            isDilated
                ? "the kernel reaches so far beyond the image that no machine has the memory for it; a smaller "
                    + "dilation_rate fits"
                : "no machine has the memory for the image with so many channels; fewer filters or a smaller image fit",
            kernel.shape, x.shape)
    }
    return (vertical, horizontal)
}
