/// The candidate that someone who wrote `word` probably meant; nil if none is close.
///
/// Case, hyphens and underscores do not count; besides, one edit (insertion, deletion, replacement, swap of neighbours)
/// is forgiven for every three characters, and at least one. Failing that, the beginning of a candidate will do.
package func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
    let written = folded(word)
    guard !written.isEmpty, written.count <= 64 else { return nil }
    if let other = translation(of: written, among: candidates) { return other }
    var best: (candidate: String, distance: Int)?
    var beginnings: [String] = []
    for candidate in candidates {
        let name = folded(candidate)
        let distance = editDistance(written, name)
        let isClose = distance <= max(1, written.count / 3) && distance < max(written.count, name.count)
        if isClose, distance < best?.distance ?? .max { best = (candidate, distance) }
        if written.count >= 2, name.starts(with: written) { beginnings.append(candidate) }
    }
    return best?.candidate ?? (beginnings.count == 1 ? beginnings[0] : nil)
}

/// `did you mean "relu"?`, or what to do instead, or the whole list where nothing is close.
package func remedy(for word: String, among candidates: [String]) -> String? {
    if let other = translation(of: folded(word), among: candidates) { return "did you mean \(quoted(other))?" }
    let meant = suggestion(for: word, among: candidates)
    // What is known of a word says more than a name that merely looks like it.
    if let hint = OtherWords.hints[String(folded(word))],
        meant.map({ editDistance(folded(word), folded($0)) > 1 }) ?? true
    {
        return hint
    }
    if let meant { return "did you mean \(quoted(meant))?" }
    if candidates.isEmpty { return nil }
    return "known: \(candidates.joined(separator: ", "))"
}

/// What is written here for a word from elsewhere, if it is possible.
private func translation(of word: [Character], among candidates: some Sequence<String>) -> String? {
    guard let other = OtherWords.names[String(word)] else { return nil }
    return candidates.contains(other) ? other : translation(of: folded(other), among: candidates)
}

/// Whether two words are the same but for case, hyphens and underscores.
package func isAlike(_ a: String, _ b: String) -> Bool { folded(a) == folded(b) }

private func folded(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "_" && $0 != "-" }
}

/// Damerau and Levenshtein's distance in the variant that edits no part twice (optimal string alignment).
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var current = [i + 1]
        for j in 0..<b.count {
            let replaced = previous[j] + (a[i] == b[j] ? 0 : 1)
            var least = min(replaced, previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                least = min(least, beforePrevious[j - 1] + 1)
            }
            current.append(least)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
}
