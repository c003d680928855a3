import Schema

/// Turns the language of configs into plain JSON: puts variables in, repeats blocks.
///
/// Values keep the positions at which they were written, wherever they are put, so that a problem found later points at
/// what has to be changed.
struct Expander {
    /// `let`, as written.
    private let definitions: [JSON.Member]
    private let places: [String: Int]
    /// `let`, as far as it is expanded.
    private var values: [String: JSON] = [:]
    /// Variables whose definitions are being expanded, outermost first.
    private var open: [String] = []
    /// The blocks around, outermost first.
    var loops: [(name: String, item: JSON)] = []
    var budget = Budget()
    var problems = Problems()
    /// Where something stands as it was written because it could not be expanded; what else is wrong there is no news.
    var failures: Set<Position> = []

    /// A document in plain JSON, and what was wrong on the way.
    struct Expansion {
        /// Nil if it would be too large.
        var document: JSON?
        var problems = Problems()
        /// Where the document holds what could not be expanded.
        var failures: Set<Position> = []
    }

    /// Expands a whole document.
    static func expand(_ document: JSON) -> Expansion {
        guard let members = document.members else { return Expansion(document: document) }
        let place = Place(document)
        var problems = Problems()
        var expander = Expander(definitions: place["let"].map { Self.definitions(at: $0, &problems) } ?? [])
        for member in expander.definitions { expander.define(member) }
        var result: [JSON.Member] = []
        for member in members where member.key != "let" && member.key != "$schema" {
            var member = member
            // A sweep speaks of documents, not in one: its values are put in before variables are.
            if member.key != "sweep" {
                member.value = expander.expand(Place(member.value, path: .key(member.key, of: .root)), depth: 1)
            }
            result.append(member)
        }
        problems.append(contentsOf: expander.problems)
        return Expansion(
            document: expander.budget.isExhausted ? nil : JSON(.object(result), at: document.position),
            problems: problems, failures: expander.failures.union(problems.list.compactMap(\.position)))
    }

    private init(definitions: [JSON.Member]) {
        self.definitions = definitions
        places = Dictionary(definitions.indices.map { (definitions[$0].key, $0) }) { $1 }
    }

    private static func definitions(at place: Place, _ problems: inout Problems) -> [JSON.Member] {
        guard let members = place.json.members else {
            problems.append(place.mismatch("an object with a key for each variable"))
            return []
        }
        return members.filter { member in
            if isVariableName(member.key) { return true }
            problems.append(
                Problem(
                    "this is no name for a variable", at: member.keyPosition,
                    path: Path.key(member.key, of: place.path).description,
                    remedy: "names consist of letters, digits and _ and begin with no digit"))
            return false
        }
    }

    private mutating func define(_ member: JSON.Member, depth: Int = 1) {
        guard values[member.key] == nil else { return }
        open.append(member.key)
        // A definition means the same wherever it is used, within a loop too.
        let around = loops
        loops = []
        values[member.key] = expand(
            Place(member.value, path: .key(member.key, of: .key("let", of: .root))), depth: depth)
        loops = around
        open.removeLast()
    }

    /// The value at a place with variables put in and blocks repeated, `depth` levels below the root.
    mutating func expand(_ place: Place, depth: Int) -> JSON {
        guard spend(on: place, depth: depth) else { return place.json }
        var result = place.json
        switch place.json.content {
        case .string(let string):
            switch StringMeaning(string) {
            case .text(let text): result.content = .string(text)
            case .variable(let name, let steps): return value(of: name, steps, at: place, depth: depth)
            case .neither:
                let remedy = "variables are used as \"$name\"; a text that begins with $ is written with $$"
                problems.append(place.problem("\(quoted(string)) is no variable", remedy: remedy))
            }
        case .array:
            result.content = .array(expandElements(of: place, depth: depth))
        case .object(let members):
            result.content = .object(
                members.map { member in
                    let path = Path.key(member.key, of: place.path)
                    let value = expand(Place(member.value, path: path), depth: depth + 1)
                    return JSON.Member(member.key, value, keyPosition: member.keyPosition)
                })
        default: break
        }
        return result
    }

    /// Every element expanded, and blocks replaced by what they repeat.
    mutating func expandElements(of place: Place, depth: Int, isRepeated: Bool = false) -> [JSON] {
        var result: [JSON] = []
        for (index, element) in (place.json.elements ?? []).enumerated() {
            let place = Place(element, path: .element(index, of: place.path))
            if element["for_each"] != nil {
                result += expandBlock(place, depth: depth + 1)
            } else if !isRepeated || budget.spendElement() {
                result.append(expand(place, depth: depth + 1))
            } else {
                problems.append(place.problem("blocks make more than \(ModelSettings.mostLayers) layers here"))
            }
            if budget.isExhausted { break }
        }
        return result
    }

    /// Whether a name means something already where the expansion stands.
    func isTaken(_ name: String) -> Bool {
        loops.contains { $0.name == name } || places[name] != nil
    }

    private mutating func value(of name: String, _ steps: ArraySlice<Way.Step>, at place: Place, depth: Int) -> JSON {
        guard let whole = lookUp(name, at: place, depth: depth) else { return place.json }
        var part = whole
        for index in steps.indices {
            let next: JSON? =
                switch steps[index] {
                case .key(let key): part[key]
                case .element(let index): part[index]
                case .named(let name): part.index(ofElementNamed: name).flatMap { part[$0] }
                }
            guard let next else {
                let taken = "$\(name)\(steps[..<index].path.suffix)"
                problems.append(place.problem("\(quoted(taken)) has no \(steps[index].phrase)", remedy: part.remedy))
                return place.json
            }
            part = next
        }
        return measure(part, at: place, depth: depth) ? part : place.json
    }

    private mutating func lookUp(_ name: String, at place: Place, depth: Int) -> JSON? {
        if let loop = loops.last(where: { $0.name == name }) { return loop.item }
        if let cycle = open.firstIndex(of: name) {
            let names = (open[cycle...] + [name]).map { "$\($0)" }.joined(separator: " → ")
            problems.append(place.problem("a variable that needs itself: \(names)", remedy: "give one of them a value"))
            return nil
        }
        if let place = places[name] {
            define(definitions[place], depth: depth + 1)
            return values[name]
        }
        let known = definitions.map(\.key) + loops.map(\.name)
        let guess = suggestion(for: name, among: known).map { "did you mean \"$\($0)\"?" }
        let list = "known: \(known.map { "$\($0)" }.joined(separator: ", "))"
        problems.append(
            place.problem(
                "unknown variable \(quoted("$\(name)"))",
                remedy: guess ?? (known.isEmpty ? "variables are defined under \"let\"" : list)))
        return nil
    }

    /// Reckons with all that a variable puts in.
    private mutating func measure(_ json: JSON, at place: Place, depth: Int) -> Bool {
        guard spend(on: Place(json, path: place.path), depth: depth) else { return false }
        for element in json.elements ?? [] {
            guard measure(element, at: place, depth: depth + 1) else { return false }
        }
        for member in json.members ?? [] {
            guard measure(member.value, at: place, depth: depth + 1) else { return false }
        }
        return true
    }

    mutating func spend(on place: Place, depth: Int) -> Bool {
        let wasExhausted = budget.isExhausted
        let fits = budget.spend(on: place.json)
        if !fits, !wasExhausted {
            let limit = JSON.largestText >> 20
            problems.append(place.problem("variables and blocks make the config larger than \(limit) MiB here"))
        }
        guard fits, depth > JSON.deepestNesting else { return fits }
        let message = "more than \(JSON.deepestNesting) arrays, objects and variables within each other"
        problems.append(place.problem(message))
        return false
    }
}

extension Way.Step {
    fileprivate var phrase: String {
        switch self {
        case .key(let key): "key \(quoted(key))"
        case .element(let index): "element \(index)"
        case .named(let name): "element named \(quoted(name))"
        }
    }
}

extension JSON {
    /// What could be asked of a value instead.
    fileprivate var remedy: String? {
        if let members { return "its keys: \(members.map(\.key).joined(separator: ", "))" }
        if let elements { return "it has \(elements.count) elements, counted from 0" }
        return "it is a single value"
    }
}

extension Path {
    /// The path as what follows a variable's name: `.filters`.
    fileprivate var suffix: String {
        let text = description
        return text.isEmpty || text.hasPrefix("[") ? text : ".\(text)"
    }
}
