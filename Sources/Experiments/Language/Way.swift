import Schema

/// The way to a value inside a document, as people write it: `model.layers[2].units`, `model.layers[head].units`,
/// `grid["let.hidden"]`.
struct Way: Equatable, Sendable, CustomStringConvertible {
    /// One step down.
    enum Step: Equatable, Sendable {
        case key(String)
        case element(Int)
        /// The element of an array that says this as its `"name"`.
        case named(String)
    }

    /// From the outermost value inwards.
    var steps: [Step]

    /// A way that begins with a name; nil for everything else.
    init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        guard let name = Self.takeName(&rest) else { return nil }
        steps = [.key(name)]
        while !rest.isEmpty {
            guard let step = Self.takeStep(&rest) else { return nil }
            steps.append(step)
        }
    }

    /// The same as messages write it.
    var path: Path { steps[...].path }

    var description: String { path.description }

    /// The ways to everything that holds what this one leads to, from the outermost on, and this one.
    var withPartsBefore: [String] { (1...steps.count).map { steps[..<$0].path.description } }

    private static func takeName(_ rest: inout Substring) -> String? {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        rest.removeFirst(name.count)
        return name.isEmpty ? nil : String(name)
    }

    private static func takeStep(_ rest: inout Substring) -> Step? {
        if rest.first == "." {
            rest.removeFirst()
            return takeName(&rest).map(Step.key)
        }
        guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return nil }
        let inside = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        if inside.count >= 2, inside.first == "\"", inside.last == "\"" {
            return .key(String(inside.dropFirst().dropLast()))
        }
        if let index = Int(inside), index >= 0, inside.allSatisfy(\.isNumber) { return .element(index) }
        return isElementName(inside) ? .named(String(inside)) : nil
    }

    /// Whether an element may be asked for by such a name: those of layers can be told from indices and quoted keys.
    static func isElementName(_ text: some StringProtocol) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }
}

extension Way {
    /// How it is written, for those who have written something else.
    static var examples: String { "training.batch_size, model.layers[0].units or model.layers[head].units" }

    /// The same with an index for every name that a document knows, so that two ways to one value are equal.
    func numbered(in document: JSON?) -> Way {
        var result = self
        var part = document
        for (place, step) in steps.enumerated() {
            switch step {
            case .key(let key): part = part?[key]
            case .element(let index): part = part?[index]
            case .named(let name):
                let index = part?.index(ofElementNamed: name)
                if let index { result.steps[place] = .element(index) }
                part = index.flatMap { part?[$0] }
            }
        }
        return result
    }
}

extension JSON {
    /// The first element of an array that says a name; nil where there is none and for every other kind.
    func index(ofElementNamed name: String) -> Int? { elements?.firstIndex { $0["name"]?.text == name } }

    /// What the elements of an array call themselves; a variable is no name yet.
    var elementNames: [String] { elements?.compactMap { $0["name"]?.text }.filter { !$0.hasPrefix("$") } ?? [] }

    /// The steps to whatever is called so, however deep in arrays and objects it lies.
    func steps(toElementNamed name: String) -> [Way.Step]? {
        if index(ofElementNamed: name) != nil { return [.named(name)] }
        for (index, element) in (elements ?? []).enumerated() {
            guard let rest = element.steps(toElementNamed: name) else { continue }
            let own = element["name"]?.text.flatMap { Way.isElementName($0) ? Way.Step.named($0) : nil }
            return [own ?? .element(index)] + rest
        }
        for member in members ?? [] {
            if let rest = member.value.steps(toElementNamed: name) { return [.key(member.key)] + rest }
        }
        return nil
    }
}

extension ArraySlice<Way.Step> {
    /// The steps as a path from the root.
    var path: Path {
        reduce(Path.root) { parent, step in
            switch step {
            case .key(let key): .key(key, of: parent)
            case .element(let index): .element(index, of: parent)
            case .named(let name): .named(name, of: parent)
            }
        }
    }
}
