import Schema

/// A command line that cannot be parsed, with all its problems.
package struct UsageError: Error, Sendable {
    /// The command, if that much could be parsed.
    package let command: Command?

    package let problems: Problems

    /// For commands that find something wrong themselves.
    package init(_ problems: Problems, in command: Command? = nil) {
        self.command = command
        self.problems = problems
    }
}

/// The words of a command line, sorted.
struct ScannedWords {
    /// The words that are not options, in order.
    var operands: [String] = []

    /// What stands after two dashes, for a command that hands it on.
    var handedOn: [String] = []

    /// The values of each option; empty strings for flags.
    var values: [String: [String]] = [:]
}

extension Command {
    /// Sorts words into operands and options and checks both, collecting all problems.
    func scan(_ words: [String]) throws(UsageError) -> ScannedWords {
        var result = ScannedWords()
        var problems = Problems()
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                if handsOn == nil { result.operands += rest } else { result.handedOn += rest }
                break
            }
            guard let (name, attached) = splitOption(word) else {
                result.operands.append(word)
                continue
            }
            guard let option = allOptions.first(where: { $0.name == name }) else {
                problems.append(unknownOption(word, name))
                continue
            }
            guard let placeholder = option.placeholder else {
                if attached != nil { problems.append(Problem("--\(name) takes no value")) }
                result.values[name, default: []].append("")
                continue
            }
            guard let value = attached ?? takeValue(from: &rest) else {
                problems.append(Problem("--\(name) needs a value", remedy: "write --\(name) \(placeholder)"))
                continue
            }
            for problem in option.problems(with: value).list {
                problems.append(Problem("--\(name): \(problem.message)", remedy: problem.remedy))
            }
            result.values[name, default: []].append(value)
        }
        // Someone who asks for help has not finished the line yet.
        let asksForHelp = Self.commonOptions.contains { result.values[$0.name] != nil }
        if !asksForHelp { problems.append(contentsOf: countProblems(result.operands)) }
        guard problems.isEmpty else { throw UsageError(problems, in: self) }
        return result
    }

    /// A value never begins with two dashes, unless it is attached: more often it is a forgotten one.
    private func takeValue(from rest: inout ArraySlice<String>) -> String? {
        guard let next = rest.first, !next.hasPrefix("--") else { return nil }
        return rest.popFirst()
    }

    private func unknownOption(_ word: String, _ name: String) -> Problem {
        let meant = suggestion(for: name, among: allOptions.map(\.name))
        let shown = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
        return Problem("unknown option \(quoted(shown))", remedy: meant.map { "did you mean --\($0)?" })
    }

    private func countProblems(_ operands: [String]) -> Problems {
        var problems = Problems()
        var rest = operands[...]
        for argument in arguments {
            if rest.count < argument.count.lowerBound { problems.append(Problem("missing argument \(argument.name)")) }
            rest = rest.dropFirst(argument.count.upperBound)
        }
        for word in rest { problems.append(Problem("unexpected argument \(quoted(word))")) }
        return problems
    }
}

/// The name of an option and what follows its equals sign; nil for words that are no options, such as `-`.
func splitOption(_ word: String) -> (name: String, value: String?)? {
    if word == "-h" { return ("help", nil) }
    guard word.hasPrefix("-"), word != "-" else { return nil }
    // A word with a single dash keeps it and so matches no name: `-epochs` is unknown, with the right suggestion.
    let written = word.hasPrefix("--") ? word.dropFirst(2) : word[...]
    let parts = written.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
}
