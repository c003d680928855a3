import Reporting
import Schema

/// A value that the command line puts in the place of a config's: `--set training.batch_size=64`.
///
/// Overrides change the document as it was written, before variables are put in: `let.hidden=[256]` sets a variable.
package struct Override: Sendable {
    let way: Way
    let value: JSON
    /// Where the way was written; nil for what follows from something else.
    private let position: Position?

    /// Understands `PATH=VALUE`, where VALUE is JSON or else a bare word.
    package init(parsing text: String, option: String = "--set") throws(Problem) {
        let start = Position(line: 1, column: 1, source: Self.shown("\(option) \(text)"))
        position = start
        guard let equals = text.firstIndex(of: "=") else {
            throw Problem("expected PATH=VALUE", at: start, remedy: "as in \(option) training.batch_size=64")
        }
        guard let way = Way(text[..<equals]) else {
            let path = quoted(String(text[..<equals]))
            throw Problem("\(path) is no path", at: start, remedy: "write it as \(Way.examples)")
        }
        let text = String(text[text.index(after: equals)...])
        var problems = Problems()
        let json = JSON.read(Array(text.utf8), source: start.source, &problems)
        if let json, problems.isEmpty {
            value = json
        } else if let problem = problems.list.first, let first = text.first(where: { !$0.isWhitespace }),
            "[{\"".contains(first)
        {
            throw problem
        } else {
            value = JSON(.string(text), at: start)
        }
        self.way = way
    }

    /// What a shorthand means, such as `--epochs 5`; `path` must be one that `--set` understands.
    package init?(_ path: String, _ value: JSON, source: String) {
        guard let way = Way(path) else { return nil }
        self.way = way
        position = Position(line: 1, column: 1, source: Self.shown(source))
        self.value = value.moved(to: position)
    }

    /// A value that was written elsewhere in the config, such as in its sweep, and keeps its place.
    init(_ way: Way, _ value: JSON, at position: Position?) {
        self.way = way
        self.value = value
        self.position = position
    }

    /// Long values are cut: the message has to be found behind them.
    private static func shown(_ text: String) -> String {
        let longest = 80
        let text = displayable(text)
        return text.count > longest ? "\(text.prefix(longest))…" : text
    }
}

extension Override {
    /// Puts the value into a document.
    func apply(to document: inout JSON) throws(Problem) {
        if case .key("let")? = way.steps.first, way.steps.count > 1, case .key(let name) = way.steps[1],
            document["let"]?[name] == nil
        {
            // A new variable would be used nowhere: its name is misspelt.
            let known = document["let"]?.members?.map(\.key) ?? []
            let remedy = known.isEmpty ? "the config defines none" : remedy(for: name, among: known)
            throw problem("unknown variable", at: way.steps[...], remedy: remedy)
        }
        try set(&document, way.steps[...])
    }

    private func set(_ json: inout JSON, _ rest: ArraySlice<Way.Step>) throws(Problem) {
        guard let step = rest.first else {
            json = value
            return
        }
        switch (step, json.content) {
        case (_, .string(let text)) where text.hasPrefix("$"):
            throw problem(
                "\(quoted(text)) stands here", at: way.steps[..<rest.startIndex],
                remedy: "set let.\(text.dropFirst())\(Self.suffix(of: rest)) instead")
        case (.key(let key), .string(let text)):
            // "adam" is short for { "type": "adam" }.
            json = JSON(.object([.init("type", JSON(.string(text), at: json.position))]), at: position)
            try setMember(key, of: &json, rest)
        case (.key(let key), .null), (.key(let key), .object):
            if json.members == nil { json = JSON(.object([]), at: position) }
            try setMember(key, of: &json, rest)
        case (.element(let index), .array(var elements)):
            guard elements.indices.contains(index) else {
                let count = "there are \(elements.count) elements, counted from 0"
                throw problem("there is no element \(index)", at: way.steps[..<rest.startIndex], remedy: count)
            }
            try set(&elements[index], rest.dropFirst())
            json.content = .array(elements)
        case (.named(let name), .array(var elements)):
            guard let index = json.index(ofElementNamed: name) else { throw missing(name, in: json, rest) }
            try set(&elements[index], rest.dropFirst())
            json.content = .array(elements)
        case (.key(let key), .array):
            let path = way.steps[..<rest.startIndex]
            let element = json.index(ofElementNamed: key) == nil ? "0" : key
            throw problem(
                "this is an array, which has no key \(quoted(key))", at: path,
                remedy: "name an element, as in \(path.path)[\(element)]")
        case (.element(let index), _):
            throw problem("this is no array, which could have an element \(index)", at: way.steps[..<rest.startIndex])
        case (.named(let name), _):
            let path = way.steps[..<rest.startIndex]
            throw problem(
                "this is no array, which could have an element named \(quoted(name))", at: path,
                remedy: json.members == nil ? nil : "a key is written as in \(Path.key(name, of: path.path))")
        case (.key(let key), _):
            throw problem("this is no object, which could have a key \(quoted(key))", at: way.steps[..<rest.startIndex])
        }
    }

    /// The problem that no element of an array has a name.
    private func missing(_ name: String, in json: JSON, _ rest: ArraySlice<Way.Step>) -> Problem {
        let path = way.steps[..<rest.startIndex]
        let known = json.elementNames
        let advice: String? =
            if let deeper = json.steps(toElementNamed: name) {
                "did you mean \((path + deeper)[...].path)?"
            } else if known.isEmpty {
                "no element here says a \"name\"; an index will do, as in \(path.path)[0]"
            } else {
                remedy(for: name, among: known)
            }
        return problem("there is no element named \(quoted(name))", at: path, remedy: advice)
    }

    private func setMember(_ key: String, of json: inout JSON, _ rest: ArraySlice<Way.Step>) throws(Problem) {
        var members = json.members ?? []
        if let index = members.lastIndex(where: { $0.key == key }) {
            try set(&members[index].value, rest.dropFirst())
        } else {
            var member = JSON.Member(key, nil, keyPosition: position)
            try set(&member.value, rest.dropFirst())
            members.append(member)
        }
        json.content = .object(members)
    }

    private func problem(_ message: String, at steps: ArraySlice<Way.Step>, remedy: String? = nil) -> Problem {
        Problem(message, at: position, path: steps.path.description, remedy: remedy)
    }

    /// A problem with what the override is for.
    func problem(_ message: String, remedy: String? = nil) -> Problem {
        problem(message, at: way.steps[...], remedy: remedy)
    }

    private static func suffix(of rest: ArraySlice<Way.Step>) -> String {
        let text = rest.path.description
        return text.hasPrefix("[") ? text : ".\(text)"
    }
}
