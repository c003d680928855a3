/// The lengths of a tensor's axes, outermost first; an image is (height, width, channels), without the batch.
package struct Shape: Sendable, Hashable, CustomStringConvertible {
    /// The lengths, each at least zero.
    package let dimensions: [Int]
    /// How many elements there are; stops growing at `tooMany`, so that computing with it is safe.
    package let count: Int

    /// More elements than any machine holds: shapes that reach it are refused.
    package static let tooMany = 1 << 40

    /// A shape of these lengths; without any, a single number.
    package init(_ dimensions: [Int]) {
        self.dimensions = dimensions
        var count = 1
        for dimension in dimensions {
            let (product, overflow) = count.multipliedReportingOverflow(by: max(0, dimension))
            count = overflow ? Self.tooMany : min(product, Self.tooMany)
        }
        self.count = dimensions.contains(0) ? 0 : count
    }

    package init(_ dimensions: Int...) { self.init(dimensions) }

    /// How many axes.
    package var rank: Int { dimensions.count }

    /// The length of one axis.
    package subscript(axis: Int) -> Int { dimensions[axis] }

    /// The last axis: channels of an image, features of a vector.
    package var channels: Int { dimensions.last ?? 1 }

    /// As Python writes it: (28, 28, 1).
    package var description: String {
        "(" + dimensions.map(String.init).joined(separator: ", ") + (rank == 1 ? ",)" : ")")
    }
}

/// Shapes that do not fit together: in which layer, why, and which shapes.
package struct ShapeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The layer, such as `conv2d_1`; empty until someone knows it.
    package var layer: String
    /// What does not fit, and what would.
    package let reason: String
    /// The shapes concerned, in the order in which the reason speaks of them.
    package let shapes: [Shape]

    package init(layer: String = "", _ reason: String, _ shapes: Shape...) {
        self.layer = layer
        self.reason = reason
        self.shapes = shapes
    }

    /// One line: layer, reason, shapes.
    package var description: String {
        (layer.isEmpty ? "" : "\(layer): ") + reason
            + (shapes.isEmpty ? "" : " [" + shapes.map(\.description).joined(separator: ", ") + "]")
    }
}
