import Schema

/// Checks a document by a JSON Schema, as an editor would: the keywords that ours use, and no others.
struct SchemaChecker {
    let root: JSON

    /// Whether the document is one that the schema allows.
    func allows(_ json: JSON, by schema: JSON? = nil) -> Bool {
        (schema ?? root).members?.allSatisfy { allows(json, keyword: $0, in: schema ?? root) } ?? false
    }

    private func allows(_ json: JSON, keyword: JSON.Member, in schema: JSON) -> Bool {
        let value = keyword.value
        switch keyword.key {
        case "$ref": return (value.text.flatMap(part)).map { allows(json, by: $0) } ?? false
        case "anyOf": return (value.elements ?? []).contains { allows(json, by: $0) }
        case "oneOf": return (value.elements ?? []).filter { allows(json, by: $0) }.count == 1
        case "const": return json == value
        case "enum": return value.elements?.contains(json) ?? false
        case "type": return (value.elements ?? [value]).contains { isOf(type: $0.text ?? "", json) }
        case "properties":
            return (value.members ?? []).allSatisfy { property in
                json[property.key].map { allows($0, by: property.value) } ?? true
            }
        case "required": return json.members == nil || (value.elements ?? []).allSatisfy { json[$0.text ?? ""] != nil }
        case "additionalProperties":
            let known = (schema["properties"]?.members ?? []).map(\.key)
            let others = (json.members ?? []).filter { !known.contains($0.key) }
            return value == true || others.allSatisfy { value.members != nil && allows($0.value, by: value) }
        case "items": return (json.elements ?? []).allSatisfy { allows($0, by: value) }
        case "minItems": return json.elements.map { $0.count >= Int(number(value) ?? 0) } ?? true
        case "maxItems": return json.elements.map { $0.count <= Int(number(value) ?? 0) } ?? true
        case "minimum": return compare(json, value, >=)
        case "exclusiveMinimum": return compare(json, value, >)
        case "maximum": return compare(json, value, <=)
        case "exclusiveMaximum": return compare(json, value, <)
        case "minLength": return json.text.map { Double($0.count) >= number(value) ?? 0 } ?? true
        case "maxLength": return json.text.map { Double($0.count) <= number(value) ?? 0 } ?? true
        case "pattern": return matches(json, value.text ?? "")
        case "propertyNames": return (json.members ?? []).allSatisfy { allows(JSON($0.key), by: value) }
        case "$schema", "title", "description", "default", "$defs": return true
        default: return false
        }
    }

    private func part(_ reference: String) -> JSON? {
        root["$defs"]?[String(reference.dropFirst("#/$defs/".count))]
    }

    private func isOf(type: String, _ json: JSON) -> Bool {
        switch json.content {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .number(let number): type == "number" || type == "integer" && number == number.rounded()
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }

    private func number(_ json: JSON) -> Double? { try? Double(from: json) }

    private func compare(_ json: JSON, _ bound: JSON, _ isFine: (Double, Double) -> Bool) -> Bool {
        guard let number = number(json), let bound = self.number(bound) else { return true }
        return isFine(number, bound)
    }

    private func matches(_ json: JSON, _ pattern: String) -> Bool {
        guard let text = json.text, let regex = try? Regex(pattern) else { return json.text == nil }
        return text.contains(regex)
    }
}
