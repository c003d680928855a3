// The settings that Swift has already.

extension Bool: Setting {
    package static var format: Format<Bool> {
        Format(
            expecting: "true or false", schema: ["type": "boolean"],
            parse: { if case .bool(let flag) = $0.content { flag } else { nil } },
            write: { JSON(.bool($0)) })
    }
}

extension Int: Ranged {
    /// Only what is written without point and exponent: 3.0 layers are a mistake.
    package static func format(in interval: Interval<Int>) -> Format<Int> {
        Format(
            expecting: "a whole number\(interval.phrase)",
            schema: JSON(.object([.init("type", "integer")] + interval.constraints { JSON(.integer($0)) })),
            parse: { json in
                guard case .integer(let integer) = json.content, interval.contains(integer) else { return nil }
                return integer
            },
            write: { JSON(.integer($0)) })
    }
}

extension Double: Ranged {
    /// Whole numbers too: 1 is as good a rate as 1.0. What is not finite is written as null.
    package static func format(in interval: Interval<Double>) -> Format<Double> {
        Format(
            expecting: "a number\(interval.phrase)",
            schema: JSON(.object([.init("type", "number")] + interval.constraints { JSON(.number($0)) })),
            parse: { json in
                let number: Double
                switch json.content {
                case .integer(let integer): number = Double(integer)
                case .number(let fraction): number = fraction
                default: return nil
                }
                return interval.contains(number) ? number : nil
            },
            write: { JSON($0.isFinite ? .number($0) : .null) })
    }
}

extension String: Setting {
    package static var format: Format<String> {
        Format(expecting: "a string", schema: ["type": "string"], parse: \.text, write: { JSON(.string($0)) })
    }
}

extension JSON: Setting {
    /// Anything, as it is: for what is interpreted later.
    package static var format: Format<JSON> {
        Format(expecting: "any value", schema: [:], parse: { $0 }, write: { $0 })
    }
}

extension Setting where Self: RawRepresentable & CaseIterable, RawValue == String {
    /// One of the enum's words; case, hyphens and underscores do not count.
    package static var format: Format<Self> {
        let words = allCases.map(\.rawValue)
        let expectation = words.count == 1 ? quoted(words[0]) : "one of \(words.map(quoted).joined(separator: ", "))"
        return Format(
            expecting: expectation,
            schema: { _ in ["enum": JSON(.array(words.map { JSON(.string($0)) }))] },
            read: { place, problems in
                guard let word = place.json.text else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                if let value = Self(rawValue: word) ?? allCases.first(where: { isAlike($0.rawValue, word) }) {
                    return value
                }
                problems.append(place.problem("unknown word \(quoted(word))", remedy: remedy(for: word, among: words)))
                return nil
            },
            write: { JSON(.string($0.rawValue)) })
    }
}
