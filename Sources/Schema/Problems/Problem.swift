/// One thing that is wrong with what a user wrote: where, what, and what to do about it.
///
/// Problems are facts; `rendered(file:)` is the one place where they become text.
package struct Problem: Error, Sendable, Equatable {
    /// Where in the text, if it came from one.
    package var position: Position?

    /// Where in the document, as in `model.layers[2].kernel_size`; empty for the document itself.
    package var path: String

    /// What is wrong, as the part of a sentence: `unknown key`.
    package var message: String

    /// What to do, as the part of a sentence: `did you mean "kernel_size"?`.
    package var remedy: String?

    /// A problem with whatever is known about its place.
    package init(_ message: String, at position: Position? = nil, path: String = "", remedy: String? = nil) {
        self.message = message
        self.position = position
        self.path = path
        self.remedy = remedy
    }

    /// One line: `configs/a.json:14:9: model.layers[2].kernal_size: unknown key; did you mean "kernel_size"?`.
    package func rendered(file: String? = nil) -> String {
        var place = position?.source ?? file ?? ""
        if let position, position.source == nil {
            place += (place.isEmpty ? "" : ":") + "\(position.line):\(position.column)"
        }
        let sentence = message + (remedy.map { "; \($0)" } ?? "")
        return [place, path, sentence].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
