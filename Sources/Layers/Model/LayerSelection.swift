/// Some layers of a model, by their names.
///
/// A `*` stands for any letters; a layer of an application may be called by its own name or by the whole one. Of the patterns
/// that fit a name the last decides, and one that begins with `!` takes away what earlier ones have chosen; a layer that none of
/// them fits goes with the layer within which it stands.
///
///     LayerSelection(["*", "!*_bn"]).selects("block1a_bn", within: true)  // false
package struct LayerSelection: Sendable, Hashable {
    package let patterns: [String]

    package init(_ patterns: [String]) { self.patterns = patterns }

    package func selects(_ name: String, within outer: Bool) -> Bool {
        guard let last = patterns.last(where: { fits($0, name) }) else { return outer }
        return !last.hasPrefix("!")
    }

    /// The patterns that fit none of a model's names, as a slip of the pen does.
    package func unused(among names: [String]) -> [String] {
        patterns.filter { pattern in !names.contains { fits(pattern, $0) } }
    }

    private func fits(_ pattern: String, _ name: String) -> Bool {
        fits(pattern, whole: name)
            || name.lastIndex(of: "/").map { slash in
                fits(pattern, whole: String(name[name.index(after: slash)...]))
            } ?? false
    }

    private func fits(_ pattern: String, whole name: String) -> Bool {
        let parts = pattern.drop { $0 == "!" }.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            return name == pattern.drop { $0 == "!" }
        }
        guard name.hasPrefix(first), name.dropFirst(first.count).hasSuffix(last) else { return false }
        // What is between two stars is found as early as possible, which leaves most to the rest.
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}

extension Substring {
    fileprivate func firstRange(of part: Substring) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
    }
}
