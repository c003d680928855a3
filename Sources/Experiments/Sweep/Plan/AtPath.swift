import Schema

/// Something that is said of a value of the config, and where it was said.
package struct AtPath<Value: Sendable>: Sendable {
    /// As it was written: `training.batch_size`.
    package let path: String
    /// Where the path stands.
    let position: Position?
    /// What is said.
    package let value: Value

    /// A problem with the path itself.
    func problem(_ message: String, remedy: String? = nil) -> Problem {
        Problem(message, at: position, path: path, remedy: remedy)
    }
}

extension AtPath: Equatable where Value: Equatable {
    /// Wherever both were written.
    package static func == (a: AtPath, b: AtPath) -> Bool { a.path == b.path && a.value == b.value }
}

extension Format {
    /// An object whose keys are paths of the config, beside some keys that are somebody else's concern.
    static func byPath<Element>(_ element: Format<Element>, except others: [String] = []) -> Format
    where Value == [AtPath<Element>] {
        let expectation = "an object with a path of the config for each key"
        return Format(
            expecting: expectation,
            schema: { definitions in ["type": "object", "additionalProperties": element.schema(&definitions)] },
            read: { place, problems in
                guard let members = place.json.members else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                var result: [AtPath<Element>] = []
                let before = problems.count
                for member in members where !others.contains(member.key) {
                    let path = Path.key(member.key, of: place.path)
                    if let fault = fault(ofPath: member.key) {
                        problems.append(
                            Problem(fault.message, at: member.keyPosition, path: path.description, remedy: fault.remedy)
                        )
                    } else if let value = element.read(Place(member.value, path: path), &problems) {
                        result.append(AtPath(path: member.key, position: member.keyPosition, value: value))
                    }
                }
                return problems.count == before ? result : nil
            },
            write: { values in JSON(.object(values.map { JSON.Member($0.path, element.write($0.value)) })) })
    }
}

extension Format where Value == [JSON] {
    /// At least one value, none of them twice.
    static var distinctValues: Format {
        let list = Format.list(of: JSON.format, count: 1...SweepSettings.mostTrials)
        return Format(
            expecting: "an array of values", schema: list.schema,
            read: { place, problems in
                guard let values = list.read(place, &problems) else { return nil }
                let before = problems.count
                for (index, value) in values.enumerated()
                where values[..<index].contains(where: { $0.isSame(as: value) }) {
                    problems.append(
                        place[index]?.problem("this value is there already") ?? place.problem("a value is there twice"))
                }
                return problems.count == before ? values : nil
            },
            write: list.write)
    }
}

private func fault(ofPath path: String) -> (message: String, remedy: String)? {
    guard let way = Way(path), case .key(let first)? = way.steps.first else {
        return ("this is no path", "write it as \(Way.examples)")
    }
    switch first {
    case "name", "description", "expect", "sweep", "$schema":
        return ("\(first) changes no result, so there is nothing to try", "vary something else")
    default: return nil
    }
}

extension JSON {
    /// Whether both say the same; 1 and 1.0 do.
    func isSame(as other: JSON) -> Bool {
        func number(_ json: JSON) -> Double? {
            switch json.content {
            case .integer(let integer): Double(integer)
            case .number(let number): number
            default: nil
            }
        }
        if let a = number(self), let b = number(other) { return a == b }
        return self == other
    }
}
