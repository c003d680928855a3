import Datasets
import Schema

/// The trial of a sweep in which nothing varies.
let nameOfOnlyTrial = "trial"

/// What trials' folders are called: every varied value in a form that all file systems and shells take, none twice.
///
///     batch_size=64,hidden=512-256,seed=1
func trialNames(_ trials: [SweepTrial], _ settings: SweepSettings) -> [String] {
    let titles = shortPathTitles(settings.paths)
    let names = trials.map { trial -> String in
        var parts = settings.paths.compactMap { path in
            trial.value(at: path).map { "\(slug(ofPath: titles[path] ?? path))=\(slug(of: $0))" }
        }
        if settings.repeats > 1 { parts.append("seed=\(trial.seed)") }
        if let fold = trial.fold { parts.append("fold=\(fold)") }
        return parts.isEmpty ? nameOfOnlyTrial : parts.joined(separator: ",")
    }
    // Case does not tell folders apart everywhere.
    let counts = Dictionary(names.map { ($0.lowercased(), 1) }, uniquingKeysWith: +)
    return zip(names, trials).map { name, trial in
        let isUnique = counts[name.lowercased()] == 1
        guard name.utf8.count > longestName || !isUnique else { return name }
        let said = Format.byPath(JSON.format).write(trial.values).compact + " \(trial.seed) \(trial.fold ?? -1)"
        return String(name.prefix(longestName - 9)) + "~" + SHA256.hex(of: Array(said.utf8)).prefix(8)
    }
}

/// Leaves room for what others append.
private let longestName = 120

/// No more of each path's end than tells it from the others: `batch_size`, `layers[0].units`, `layers[head].units`.
package func shortPathTitles(_ paths: [String]) -> [String: String] {
    let ways = paths.map { Way($0)?.steps ?? [] }
    let longest = ways.map(\.count).max() ?? 1
    return Dictionary(
        zip(paths, ways).map { path, way in
            for count in 1...max(longest, 1) {
                guard case .key? = way.suffix(count).first else { continue }
                let title = way.suffix(count).path.description
                if ways.count(where: { $0.suffix(count).path.description == title }) == 1 { return (path, title) }
            }
            return (path, path)
        }, uniquingKeysWith: { first, _ in first })
}

/// A layer's name stands as if it were a key: `layers.conv1.filters`.
private func slug(ofPath title: String) -> String {
    let steps = Way(title)?.steps ?? []
    let keys = steps.map { step in if case .named(let name) = step { Way.Step.key(name) } else { step } }
    return slug(keys == steps ? title : keys[...].path.description)
}

private func slug(of value: JSON) -> String {
    switch value.content {
    case .integer, .number: value.compact
    default: slug(brief(value))
    }
}

/// Letters, digits and a few harmless signs; everything else becomes a dash.
private func slug(_ text: String) -> String {
    var result = ""
    for character in text {
        if character.isASCII, character.isLetter || character.isNumber || "._+=".contains(character) {
            result.append(character)
        } else if !result.isEmpty, result.last != "-" {
            result.append("-")
        }
    }
    while result.last == "-" { result.removeLast() }
    return result.isEmpty ? "none" : result
}
