import Schema

extension ExperimentConfig {
    /// The JSON Schema of config files as they are written: what the settings describe, and `let`, variables and blocks
    /// besides. An editor that knows it completes keys and marks mistakes.
    package static var documentSchema: JSON {
        var schema = jsonSchema.allowingVariables(isDefinition: true)
        let parts = (schema["$defs"]?.members ?? []).map { part in
            JSON.Member(part.key, part.value.allowingVariables(isDefinition: true))
        }
        schema["$defs"] = JSON(.object(parts + languageParts))
        var properties = schema["properties"]?.members ?? []
        properties.insert(.init("$schema", ["type": "string", "description": "this schema, for editors"]), at: 0)
        let variables: JSON = [
            "description": "values by name, used as \"$name\"", "type": "object",
            "propertyNames": ["pattern": "^[A-Za-z_][A-Za-z0-9_]*$"],
        ]
        properties.insert(.init("let", variables), at: 3)
        schema["properties"] = JSON(.object(properties))
        return schema
    }

    private static var languageParts: [JSON.Member] {
        let variable: JSON = [
            "description": "a variable of \"let\" or of the block around, or a part of one", "type": "string",
            "pattern": "^\\$[A-Za-z_]",
        ]
        let block: JSON = [
            "description": "layers that are repeated for every element of a list", "type": "object",
            "properties": [
                "for_each": ["anyOf": [["type": "array"], part("variable")], "description": "the list"],
                "as": ["type": "string", "description": "what an element is called within, without $"],
                "layers": ["type": "array", "items": ["anyOf": [part("layer"), part("block")]]],
            ],
            "required": ["for_each", "layers"], "additionalProperties": false,
        ]
        return [.init("variable", variable), .init("block", block)]
    }
}

private func part(_ name: String) -> JSON {
    ["$ref": JSON("#/$defs/\(name)")]
}

extension JSON {
    /// A schema whose properties and items may be variables, and whose layers may be blocks.
    fileprivate func allowingVariables(isDefinition: Bool = false) -> JSON {
        guard let members else { return self }
        // What a value means stands beside the choice, where editors look for it.
        let outer = isDefinition ? [] : members.filter { ["description", "default"].contains($0.key) }
        var inner = members.filter { member in !outer.contains { $0.key == member.key } && member.key != "$defs" }
        for index in inner.indices {
            switch inner[index].key {
            case "properties":
                let properties = inner[index].value.members ?? []
                inner[index].value = JSON(
                    .object(
                        properties.map { property in
                            let isTag = property.value["const"] != nil
                            return .init(property.key, isTag ? property.value : property.value.allowingVariables())
                        }))
            case "items":
                let isLayer = inner[index].value == part("layer")
                var item = inner[index].value.allowingVariables()
                if isLayer, let choices = item["anyOf"]?.elements {
                    item["anyOf"] = JSON(.array(choices + [part("block")]))
                }
                inner[index].value = item
            case "anyOf", "oneOf":
                let choices = inner[index].value.elements ?? []
                inner[index].value = JSON(.array(choices.map { $0.allowingVariables(isDefinition: true) }))
            default: break
            }
        }
        let schema = JSON(.object(inner))
        if isDefinition { return JSON(.object(inner + members.filter { $0.key == "$defs" })) }
        return JSON(.object([.init("anyOf", [schema, part("variable")])] + outer))
    }
}
