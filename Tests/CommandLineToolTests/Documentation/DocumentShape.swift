import Schema

/// A shape as the page about JSON outputs writes it: a document with words in place of values.
struct DocumentShape {
    let json: JSON

    /// Every place where a document is not as the shape says.
    func misfits(_ document: JSON, at place: String = "$") -> [String] {
        switch (json.text, json.elements, json.members) {
        case (let word?, _, _): Self.isValue(document, word) ? [] : ["\(place): is no \(word)"]
        case (_, let shapes?, _): misfits(ofElements: document, DocumentShape(json: shapes[0]), at: place)
        default: misfits(ofMembers: document, at: place)
        }
    }

    private func misfits(ofElements document: JSON, _ shape: DocumentShape, at place: String) -> [String] {
        guard let elements = document.elements else { return ["\(place): is no array"] }
        return elements.enumerated().flatMap { shape.misfits($1, at: "\(place)[\($0)]") }
    }

    private func misfits(ofMembers document: JSON, at place: String) -> [String] {
        guard let members = document.members else { return ["\(place): is no object"] }
        var left = Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
        var result: [String] = []
        for member in json.members ?? [] where member.key != "*" {
            let isNullable = member.key.hasSuffix("|null")
            let key = isNullable ? String(member.key.dropLast(5)) : member.key
            let name = key.hasSuffix("?") ? String(key.dropLast()) : key
            guard let value = left.removeValue(forKey: name) else {
                if name == key { result.append("\(place).\(name): is missing") }
                continue
            }
            if isNullable, case .null = value.content { continue }
            result += DocumentShape(json: member.value).misfits(value, at: "\(place).\(name)")
        }
        for (key, value) in left {
            guard let any = json["*"] else {
                result.append("\(place).\(key): is not documented")
                continue
            }
            result += DocumentShape(json: any).misfits(value, at: "\(place).\(key)")
        }
        return result
    }

    private static func isValue(_ value: JSON, _ word: String) -> Bool {
        switch (word, value.content) {
        case ("any", _), ("string", .string), ("boolean", .bool), ("integer", .integer), ("number", .integer),
            ("number", .number):
            true
        default: false
        }
    }
}
