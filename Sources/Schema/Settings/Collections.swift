// Lists, and values that may be absent.

extension Format {
    /// A list whose elements have this format, with a limited count if one is given.
    package static func list<Element>(
        of element: Format<Element>, count: some Bounds<Int> = Interval.unlimited
    ) -> Format where Value == [Element] {
        let count = count.interval
        let expectation = "an array\(count.arrayPhrase), each \(element.expectation)"
        return Format(
            expecting: expectation,
            schema: { definitions in
                let items = JSON.Member("items", element.schema(&definitions))
                return JSON(.object([.init("type", "array"), items] + count.arrayConstraints))
            },
            read: { place, problems in
                guard let elements = place.json.elements else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                let isCounted = count.contains(elements.count)
                if !isCounted {
                    problems.append(place.problem("expected an array\(count.arrayPhrase), found \(elements.count)"))
                }
                var values: [Element] = []
                for (index, json) in elements.enumerated() {
                    let place = Place(json, path: .element(index, of: place.path))
                    if let value = element.read(place, &problems) { values.append(value) }
                }
                return isCounted && values.count == elements.count ? values : nil
            },
            write: { values in JSON(.array(values.map(element.write))) })
    }

    /// The same, or null for none.
    package var orNull: Format<Value?> {
        let expectation = "\(expectation) or null"
        return Format<Value?>(
            expecting: expectation,
            schema: { definitions in ["anyOf": [schema(&definitions), ["type": "null"]]] },
            read: { place, problems in
                if place.json == nil { return .some(nil) }
                return read(place, &problems).map(Optional.some)
            },
            write: { value in value.map(write) ?? nil })
    }
}

extension Interval<Int> {
    /// What follows "an array": ` of 3`, ` of 1 to 8`, ` of at least 1`.
    fileprivate var arrayPhrase: String {
        let phrase = phrase
        if phrase.hasPrefix(" from") { return " of" + phrase.dropFirst(5) }
        return phrase.isEmpty || phrase.hasPrefix(" of") ? phrase : " of\(phrase)"
    }

    fileprivate var arrayConstraints: [JSON.Member] {
        var members: [JSON.Member] = []
        if let lower { members.append(.init("minItems", JSON(.integer(lower.bound + (lower.isIncluded ? 0 : 1))))) }
        if let upper { members.append(.init("maxItems", JSON(.integer(upper.bound - (upper.isIncluded ? 0 : 1))))) }
        return members
    }
}

extension Optional: Setting where Wrapped: Setting {
    package static var format: Format<Wrapped?> { Wrapped.format.orNull }
}

extension Optional: Ranged where Wrapped: Ranged {
    /// Null, or a value in the interval.
    package static func format(in interval: Interval<Wrapped.Bound>) -> Format<Wrapped?> {
        Wrapped.format(in: interval).orNull
    }
}

extension Array: Setting where Element: Setting {
    package static var format: Format<[Element]> { .list(of: Element.format) }
}

extension Array: Ranged where Element: Ranged {
    /// Every element in the interval.
    package static func format(in interval: Interval<Element.Bound>) -> Format<[Element]> {
        .list(of: Element.format(in: interval))
    }
}
