import Schema

/// The way to a value inside a document, as people write it: `model.layers[2].units`, `grid["let.hidden"]`.
struct Way: Equatable, Sendable, CustomStringConvertible {
    /// One step down.
    enum Step: Equatable, Sendable {
        case key(String)
        case element(Int)
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
        guard let index = Int(inside), index >= 0, inside.allSatisfy(\.isNumber) else { return nil }
        return .element(index)
    }
}

extension ArraySlice<Way.Step> {
    /// The steps as a path from the root.
    var path: Path {
        reduce(Path.root) { parent, step in
            switch step {
            case .key(let key): .key(key, of: parent)
            case .element(let index): .element(index, of: parent)
            }
        }
    }
}
