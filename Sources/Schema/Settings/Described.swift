/// A type that is written as a JSON object and described by a list of fields.
///
/// From the one list follow reading with all problems at once, writing with all defaults, the reference and the
/// JSON Schema:
///
///     struct Dropout: Described {
///         var rate = 0.5
///
///         static let name = "Dropout"
///         static let summary = "Sets a random part of its inputs to zero while training."
///         static var fields: [Field<Dropout>] {
///             [.required("rate", \.rate, in: 0..<1, "which part")]
///         }
///     }
package protocol Described: Setting {
    /// All defaults; required fields hold anything until they are read.
    init()

    /// What it is called: the value of `type` where it is one of a family, and its name in the reference.
    static var name: String { get }

    /// One sentence that says what it is for.
    static var summary: String { get }

    /// Its keys, in the order in which they are written and documented.
    static var fields: [Field<Self>] { get }

    /// Appends what is wrong with values that are right by themselves but not together.
    func check(at place: Place, _ problems: inout Problems)
}

extension Described {
    package func check(at place: Place, _ problems: inout Problems) {}

    package static var format: Format<Self> {
        Format(
            expecting: "an object",
            schema: { definitions in definitions.reference(to: Self.name) { Self.schema(&$0) } },
            read: { place, problems in read(place, &problems) },
            write: { value in JSON(.object(value.members)) })
    }

    /// What is written, with the keys that it must have.
    private static var expectation: String {
        let required = fields.filter(\.isRequired).map { quoted($0.name) }
        guard let last = required.last else { return "an object" }
        let others = required.dropLast().joined(separator: ", ")
        return "an object with \(others.isEmpty ? last : "\(others) and \(last)")"
    }

    /// Every field with its value.
    var members: [JSON.Member] {
        Self.fields.map { JSON.Member($0.name, $0.write(self)) }
    }

    /// Reads an object in which the keys `others` are somebody else's concern.
    static func read(_ place: Place, besides others: [String] = [], _ problems: inout Problems) -> Self? {
        guard let members = place.json.members else {
            problems.append(place.mismatch(expectation))
            return nil
        }
        let before = problems.count
        let names = fields.map(\.name)
        var meant: Set<String> = []
        for member in members where !names.contains(member.key) && !others.contains(member.key) {
            // A misspelt key stands for the one it resembles: to call that one missing too would be one fault twice.
            let known = names + others.filter { $0 != Family<Self>.tag }
            if let name = suggestion(for: member.key, among: known) { meant.insert(name) }
            let path = Path.key(member.key, of: place.path).description
            let remedy = remedy(for: member.key, among: known)
            problems.append(Problem("unknown key", at: member.keyPosition, path: path, remedy: remedy))
        }
        var value = Self()
        value.readFields(of: place, excused: meant, &problems)
        guard problems.count == before else { return nil }
        value.check(at: place, &problems)
        return problems.count == before ? value : nil
    }

    /// Reads those keys of an object that are fields; of the required ones, the excused may be missing.
    mutating func readFields(of place: Place, excused: Set<String> = [], _ problems: inout Problems) {
        var given: [String: JSON] = [:]
        for member in place.json.members ?? [] { given[member.key] = member.value }
        for field in Self.fields {
            if let json = given[field.name] {
                field.read(Place(json, path: .key(field.name, of: place.path)), &self, &problems)
            } else if field.isRequired, !excused.contains(field.name) {
                problems.append(place.problem("missing key \(quoted(field.name))", remedy: "it says \(field.summary)"))
            }
        }
    }

    /// The JSON Schema of an object with these fields, with `type` where the type is one of a family, and with keys that are
    /// somebody else's concern.
    static func schema(
        tag: String? = nil, besides others: [JSON.Member] = [], _ definitions: inout Definitions
    ) -> JSON {
        var required: [JSON] = []
        var properties: [JSON.Member] = []
        if let tag {
            required.append(JSON(tag))
            properties.append(.init(tag, ["const": JSON(name)]))
        }
        properties += others
        required += fields.filter(\.isRequired).map { JSON($0.name) }
        properties += propertySchemas(&definitions)
        var schema: JSON = ["description": JSON(summary), "type": "object", "properties": JSON(.object(properties))]
        if !required.isEmpty { schema["required"] = JSON(.array(required)) }
        schema["additionalProperties"] = false
        return schema
    }

    /// What each field may be, as a JSON Schema's properties.
    static func propertySchemas(_ definitions: inout Definitions) -> [JSON.Member] {
        let defaults = Self()
        return fields.map { field in
            var property = field.schema(&definitions)
            property["description"] = JSON(field.summary)
            if !field.isRequired { property["default"] = field.write(defaults) }
            return .init(field.name, property)
        }
    }
}
