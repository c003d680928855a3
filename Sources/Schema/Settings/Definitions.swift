/// The named parts of a JSON Schema: each described type and family once, so that a layer may contain layers.
package struct Definitions {
    private var parts: [JSON.Member] = []

    init() {}

    /// A reference to the part of that name, which is built when it is first asked for.
    package mutating func reference(to name: String, _ build: (inout Definitions) -> JSON) -> JSON {
        if !parts.contains(where: { $0.key == name }) {
            // The name is taken before the part is built: it may refer to itself.
            let index = parts.count
            parts.append(.init(name, nil))
            parts[index].value = build(&self)
        }
        return ["$ref": JSON("#/$defs/\(name)")]
    }

    var json: JSON { JSON(.object(parts)) }
}

extension Described {
    /// A JSON Schema (draft 2020-12) of the whole document, from which editors complete and check.
    package static var jsonSchema: JSON {
        var definitions = Definitions()
        var document: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": JSON(name),
        ]
        for member in schema(&definitions).members ?? [] { document[member.key] = member.value }
        document["$defs"] = definitions.json
        return document
    }
}
