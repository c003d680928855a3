/// Types of which one is chosen by the key `type`: `{ "type": "Dense", "units": 10 }`.
///
///     extension Format<any Layer> {
///         static let layer = Family<any Layer>("layer", [Dense.self, Conv2D.self]).format
///     }
///     …
///     .required("layers", \.layers, as: .list(of: .layer), "the layers in order")
package struct Family<Member>: Sendable {
    /// What one of them is called in messages: `layer`.
    package let name: String

    /// The types to choose from, in the order of the reference.
    package let types: [any Described.Type]

    /// Whether a bare string, in any case, stands for an object with nothing but a type: `"adam"`, `"glorot_uniform"`.
    package let allowsBareNames: Bool

    static var tag: String { "type" }

    /// A family of types that all are (or conform to) `Member`, with names of their own.
    package init(_ name: String, _ types: [any Described.Type], allowsBareNames: Bool = false) {
        precondition(types.allSatisfy { $0.init() is Member }, "a type in the family \(name) is no \(Member.self)")
        precondition(Set(types.map { $0.name }).count == types.count, "two types in the family \(name) share a name")
        self.name = name
        self.types = types
        self.allowsBareNames = allowsBareNames
    }

    /// How members are read, written and documented.
    package var format: Format<Member> {
        Format(
            expecting: allowsBareNames ? "an object with a \"type\", or the type's name" : "an object with a \"type\"",
            schema: { definitions in definitions.reference(to: name) { schema(besides: [], &$0) } },
            read: { place, problems in read(place, besides: [], &problems) },
            write: { member in write(member, besides: []) })
    }

    /// The format of a described type whose keys, all of them optional, stand in the same object as those of a member:
    /// `{ "type": "Dense", "name": "head", "units": 10 }`. Keys without a value are not written.
    package func format<Whole: Described>(
        within whole: Whole.Type, _ member: WritableKeyPath<Whole, Member> & Sendable
    ) -> Format<Whole> {
        Format<Whole>(
            expecting: format.expectation,
            schema: { definitions in
                definitions.reference(to: name) { schema(besides: Whole.propertySchemas(&$0), &$0) }
            },
            read: { place, problems in
                let before = problems.count
                let read = read(place, besides: Whole.fields.map(\.name), &problems)
                var result = Whole()
                if place.json.members != nil { result.readFields(of: place, &problems) }
                guard let read, problems.count == before else { return nil }
                result[keyPath: member] = read
                result.check(at: place, &problems)
                return problems.count == before ? result : nil
            },
            write: { whole in write(whole[keyPath: member], besides: whole.members.filter { $0.value != nil }) })
    }

    private var names: [String] { types.map { $0.name } }

    private func read(_ place: Place, besides others: [String], _ problems: inout Problems) -> Member? {
        if allowsBareNames, let word = place.json.text {
            guard let type = known(word) else {
                problems.append(unknown(word, at: place))
                return nil
            }
            let empty = Place(JSON(.object([]), at: place.json.position), path: place.path)
            return type.read(empty, &problems) as? Member
        }
        guard place.json.members != nil else {
            problems.append(place.mismatch(format.expectation))
            return nil
        }
        guard let tag = place[Self.tag] else {
            let known = "known: \(names.joined(separator: ", "))"
            problems.append(place.problem("missing key \(quoted(Self.tag))", remedy: known))
            return nil
        }
        guard let word = String.format.read(tag, &problems) else { return nil }
        guard let type = known(word) else {
            problems.append(unknown(word, at: tag))
            return nil
        }
        return type.read(place, besides: [Self.tag] + others, &problems) as? Member
    }

    /// The type of a name: `Conv2D`, `conv2d`, `cosine_decay`.
    private func known(_ word: String) -> (any Described.Type)? {
        types.first { $0.name == word } ?? types.first { isAlike($0.name, word) }
    }

    private func unknown(_ word: String, at place: Place) -> Problem {
        place.problem("unknown \(name) \(quoted(word))", remedy: remedy(for: word, among: names))
    }

    private func write(_ member: Member, besides others: [JSON.Member]) -> JSON {
        guard let member = member as? any Described else { return nil }
        return JSON(.object([.init(Self.tag, JSON(type(of: member).name))] + others + member.members))
    }

    private func schema(besides others: [JSON.Member], _ definitions: inout Definitions) -> JSON {
        var choices: [JSON] = []
        if allowsBareNames {
            choices.append(["enum": JSON(.array(names.flatMap { [JSON($0), JSON(snakeCase($0))] }))])
        }
        for type in types {
            choices.append(
                definitions.reference(to: "\(name).\(type.name)") {
                    type.schema(tag: Self.tag, besides: others, &$0)
                })
        }
        return ["oneOf": JSON(.array(choices))]
    }
}
