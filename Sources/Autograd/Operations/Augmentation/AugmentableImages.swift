import Tensors

/// Refuses what is no image, and images on which places could not be counted.
func checkAugmentable(_ x: Value) throws(ShapeError) {
    guard x.shape.rank == 3 else {
        throw ShapeError("takes images (height, width, channels); it must come before Flatten", x.shape)
    }
    let longest = 65_536
    let bordered = Shape(x.shape[0] + 2, x.shape[1] + 2, x.shape[2])
    guard x.shape[0] <= longest, x.shape[1] <= longest, bordered.count < 1 << 31 else {
        throw ShapeError("takes images of sides up to \(longest) and of fewer than 2³¹ numbers", x.shape)
    }
}
