import Foundation
import Testing

/// The README, parts of which are generated: what stands between `<!-- title: begin -->` and `<!-- title: end -->`.
///
/// `UPDATE_README=1 swift test --filter Readme` writes the generated parts.
struct Readme {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(of file: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
    }

    /// Demands that a part is as generated, or makes it so.
    static func expect(_ title: String, toBe generated: String) throws {
        var text = try text(of: "README.md")
        let part = try #require(text.range(of: "<!-- \(title): begin -->\n"), "no marker")
        let end = try #require(text.range(of: "<!-- \(title): end -->\n"), "no marker")
        let content = part.upperBound..<end.lowerBound
        guard text[content] != generated + "\n" else { return }
        guard ProcessInfo.processInfo.environment["UPDATE_README"] != nil else {
            let difference = Self.difference(String(text[content]), generated + "\n")
            Issue.record(
                "\(title) in README.md is out of date; UPDATE_README=1 swift test --filter Readme\n\(difference)")
            return
        }
        text.replaceSubrange(content, with: generated + "\n")
        try text.write(to: root.appendingPathComponent("README.md"), atomically: true, encoding: .utf8)
    }

    private static func difference(_ old: String, _ new: String) -> String {
        let (old, new) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
        return new.difference(from: old).map { change in
            switch change {
            case .remove(_, let line, _): "- \(line)"
            case .insert(_, let line, _): "+ \(line)"
            }
        }.joined(separator: "\n")
    }
}
