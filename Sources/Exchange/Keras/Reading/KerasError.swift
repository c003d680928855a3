/// Why a file of Keras's cannot be read, or a model in it cannot be one of this tool's.
package struct KerasError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A line each, with the layer's name before it where one is meant.
    package let reasons: [String]

    package init(_ reasons: [String]) { self.reasons = reasons }

    package init(_ reason: String) { self.init([reason]) }

    package var description: String { reasons.joined(separator: "; ") }
}
