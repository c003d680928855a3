// Building documents and looking into them.

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self.init(.null) }
    package init(booleanLiteral value: Bool) { self.init(.bool(value)) }
    package init(integerLiteral value: Int) { self.init(.integer(value)) }
    package init(floatLiteral value: Double) { self.init(.number(value)) }
    package init(stringLiteral value: String) { self.init(.string(value)) }
    package init(arrayLiteral elements: JSON...) { self.init(.array(elements)) }

    /// Keys stay in the order they are written in.
    package init(dictionaryLiteral members: (String, JSON)...) {
        self.init(.object(members.map { Member($0, $1) }))
    }
}

extension JSON {
    /// The members of an object; nil for every other kind.
    package var members: [Member]? {
        if case .object(let members) = content { members } else { nil }
    }

    /// The elements of an array; nil for every other kind.
    package var elements: [JSON]? {
        if case .array(let elements) = content { elements } else { nil }
    }

    /// The text of a string; nil for every other kind.
    package var text: String? {
        if case .string(let text) = content { text } else { nil }
    }

    /// The value of a key. Setting nil removes the member; setting a key of what is no object makes it one.
    package subscript(key: String) -> JSON? {
        get {
            members?.first { $0.key == key }?.value
        }
        set {
            var members = members ?? []
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let new?): members[index].value = new
            case (let index?, nil): members.remove(at: index)
            case (nil, let new?): members.append(Member(key, new))
            case (nil, nil): return
            }
            content = .object(members)
        }
    }

    /// The element at an index, nil outside of the array and for every other kind.
    package subscript(index: Int) -> JSON? {
        guard let elements, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The same, as if all of it had been written at one place.
    package func moved(to position: Position?) -> JSON {
        var result = JSON(content, at: position)
        if let elements { result.content = .array(elements.map { $0.moved(to: position) }) }
        if let members {
            result.content = .object(
                members.map { Member($0.key, $0.value.moved(to: position), keyPosition: position) })
        }
        return result
    }

    /// What a message calls the value: `3`, `the string "3"`, `an array`.
    var finding: String {
        switch content {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer, .number: compact
        case .string(let text): "the string \(quoted(text))"
        case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
        case .object: "an object"
        }
    }
}
