/// Everything that is wrong with a text, because whoever has five mistakes wants to hear of five.
package struct Problems: Error, Sendable, Equatable {
    /// The most that are kept; a hostile text could hold a million.
    package static let most = 100

    /// In the order of the text, once collecting has ended.
    package private(set) var list: [Problem] = []

    /// The file they are about, where there is one and it is known.
    package var file: String?

    /// How many more there were than are kept.
    package private(set) var omitted = 0

    /// None yet, or those of an array.
    package init(_ problems: [Problem] = []) {
        for problem in problems { append(problem) }
    }

    package var isEmpty: Bool { list.isEmpty }

    /// How many were the same as one that is kept, in the same place: blocks are repeated, their faults are not.
    private var repeated = 0

    /// How many were found, kept or not.
    package var count: Int { list.count + omitted + repeated }

    /// Adds one, or only counts it when it is there already or the list is full.
    package mutating func append(_ problem: Problem) {
        if problem.position != nil, list.contains(where: { $0.isRepeated(by: problem) }) {
            repeated += 1
        } else if list.count < Self.most {
            list.append(problem)
        } else {
            omitted += 1
        }
    }

    /// Adds those of another list.
    package mutating func append(contentsOf other: Problems) {
        for problem in other.list { append(problem) }
        omitted += other.omitted
        repeated += other.repeated
    }

    /// The same in the order of the text; those without position come last, in the order they were found.
    package var sorted: Problems {
        let end = Position(line: .max, column: .max, source: "\u{10FFFF}")
        let keyed = list.enumerated().sorted { a, b in
            let (first, second) = (a.element.position ?? end, b.element.position ?? end)
            return first == second ? a.offset < b.offset : first < second
        }
        var result = self
        result.list = keyed.map(\.element)
        return result
    }

    /// One line a problem, each beginning with the file.
    package func rendered(file: String? = nil) -> String {
        let file = file ?? self.file
        var lines = list.map { $0.rendered(file: file) }
        if omitted > 0 { lines.append("… and \(omitted) more") }
        return lines.joined(separator: "\n")
    }
}

extension Problem {
    /// Whether another one is the same in another element of a list.
    fileprivate func isRepeated(by other: Problem) -> Bool {
        position == other.position && message == other.message
            && (path == other.path || path.withoutIndices == other.path.withoutIndices)
    }
}

extension String {
    /// A path with all elements taken for one: `layers[].rate`.
    fileprivate var withoutIndices: String {
        var isIndex = false
        return filter { character in
            if character == "[" || character == "]" { isIndex = character == "[" }
            return !isIndex || !character.isNumber
        }
    }
}
