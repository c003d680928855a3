import Schema

/// How much a document may grow when variables are put in and blocks are repeated: ten short lines can ask for more
/// values than any memory holds.
struct Budget {
    /// What is left, in bytes of the document if it were written out.
    private var bytes = JSON.largestText
    /// How many layers blocks may still make.
    private var elements = ModelSettings.mostLayers
    /// Whether something was refused; what came out is then not the whole document.
    private(set) var isExhausted = false

    /// Reckons with one more value; false if there is no room for it.
    mutating func spend(on json: JSON) -> Bool {
        // A short value with its key, indentation and defaults.
        bytes -= 32
        if case .string(let text) = json.content { bytes -= text.utf8.count }
        if bytes < 0 { isExhausted = true }
        return !isExhausted
    }

    /// Reckons with an element of a repeated block.
    mutating func spendElement() -> Bool {
        elements -= 1
        if elements < 0 { isExhausted = true }
        return !isExhausted
    }
}
