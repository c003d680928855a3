import Schema

/// What a string of a config means: `"$drop"` and `"$block.filters"` stand for a variable or a part of one, `"$$5"` for
/// the text `$5`, and everything else for itself.
enum StringMeaning: Equatable {
    case text(String)
    case variable(name: String, steps: ArraySlice<Way.Step>)
    /// It begins as a variable and is none.
    case neither

    init(_ string: String) {
        guard string.hasPrefix("$") else {
            self = .text(string)
            return
        }
        let rest = string.dropFirst()
        if rest.hasPrefix("$") {
            self = .text(String(rest))
        } else if let way = Way(rest), case .key(let name)? = way.steps.first, isVariableName(name) {
            self = .variable(name: name, steps: way.steps.dropFirst())
        } else {
            self = .neither
        }
    }
}

/// Whether variables can be called so: as in most languages, letters, digits and `_`.
func isVariableName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
    return name.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}

extension JSON {
    /// The same document with every `$` that begins a string doubled, so that it reads as text.
    var withoutVariables: JSON {
        var result = self
        switch content {
        case .string(let text) where text.hasPrefix("$"):
            result.content = .string("$" + text)
        case .array(let elements):
            result.content = .array(elements.map(\.withoutVariables))
        case .object(let members):
            result.content = .object(
                members.map { JSON.Member($0.key, $0.value.withoutVariables, keyPosition: $0.keyPosition) })
        default: break
        }
        return result
    }
}
