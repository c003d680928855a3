import Schema

/// How a pixel between pixels is computed.
package enum Interpolation: String, CaseIterable, Setting {
    /// The nearest one.
    case nearest
    /// A mixture of the four around it.
    case bilinear
}
