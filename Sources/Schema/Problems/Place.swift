/// A value together with the way to it, so that whatever is wrong can be said in full.
package struct Place: Sendable {
    /// The value that stands here.
    package let json: JSON

    /// The keys and indices from the document's root.
    package let path: Path

    /// The root of a document, or of the part of one that `path` names.
    package init(_ json: JSON, path: Path = .root) {
        self.json = json
        self.path = path
    }

    /// The place of a key's value; nil where there is no such key.
    package subscript(key: String) -> Place? {
        json[key].map { Place($0, path: .key(key, of: path)) }
    }

    /// The place of an element; nil outside of the array.
    package subscript(index: Int) -> Place? {
        json[index].map { Place($0, path: .element(index, of: path)) }
    }

    /// A problem with the value that stands here.
    package func problem(_ message: String, remedy: String? = nil) -> Problem {
        Problem(message, at: json.position, path: path.description, remedy: remedy)
    }

    /// A problem with the value of a key, or with its absence.
    package func problem(at key: String, _ message: String, remedy: String? = nil) -> Problem {
        let position = json[key]?.position ?? json.position
        return Problem(message, at: position, path: Path.key(key, of: path).description, remedy: remedy)
    }
}

/// The way to a value: `model.layers[2].kernel_size`, `model.layers[conv1].filters`.
package indirect enum Path: Sendable, CustomStringConvertible {
    case root
    case key(String, of: Path)
    case element(Int, of: Path)
    /// The element of an array that says this as its `"name"`.
    case named(String, of: Path)

    /// Keys that would be hard to read are quoted: `let["a b"]`.
    package var description: String {
        switch self {
        case .root: ""
        case .key(let key, let parent) where !isPlain(key): "\(parent)[\(quoted(key))]"
        case .key(let key, .root): key
        case .key(let key, let parent): "\(parent).\(key)"
        case .element(let index, let parent): "\(parent)[\(index)]"
        case .named(let name, let parent): "\(parent)[\(name)]"
        }
    }
}

private func isPlain(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.count <= 60
        && key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "0123456789_-$".unicodeScalars.contains($0) }
}

/// A text from outside as messages show it: in quotes, cut to a readable length, with nothing that a terminal obeys.
package func quoted(_ text: String) -> String {
    let longest = 60
    var result = "\""
    for scalar in text.unicodeScalars.prefix(longest) {
        switch scalar {
        case "\"", "\\": result += "\\\(scalar)"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                result += unicodeEscape(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
    return result + (text.unicodeScalars.count > longest ? "…\"" : "\"")
}
