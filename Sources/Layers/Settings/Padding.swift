import Schema

/// What happens at the border of an image.
package enum Padding: String, CaseIterable, Setting {
    /// Windows lie wholly inside.
    case valid
    /// Zeros around the image, so that only strides shrink it.
    case same
}
