/// A kind of file that others read trained models from. A new one is a folder here and a word in `all`.
package protocol ModelFormat {
    /// How the names of its files end, with the dot; what a path ends with decides which format is written.
    static var ending: String { get }
    /// What is in such a file, and who reads it.
    static var summary: String { get }
    /// The whole file; equal models give equal bytes.
    static func encode(_ model: ExportedModel) throws(ExportError) -> [UInt8]
}

/// Every format that models are exported in.
package enum ModelFormats {
    package static var all: [any ModelFormat.Type] {
        [KerasArchive.self, KerasWeights.self, NumPyWeights.self, ONNX.self, Safetensors.self]
    }

    /// The format of a file's name; the longest ending decides.
    package static func format(of path: String) -> (any ModelFormat.Type)? {
        all.filter { path.hasSuffix($0.ending) }.max { $0.ending.count < $1.ending.count }
    }
}

/// Why a model cannot be written in a format.
package struct ExportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What stands in the way, a line each.
    package let reasons: [String]

    package init(_ reasons: [String]) { self.reasons = reasons }

    package var description: String { reasons.joined(separator: "; ") }
}
