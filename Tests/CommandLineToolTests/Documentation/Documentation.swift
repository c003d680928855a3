import Foundation
import Testing

/// The README and the pages of the documentation catalogue. Parts of them are generated: what stands between
/// `<!-- title: begin -->` and `<!-- title: end -->`.
///
/// `UPDATE_DOCUMENTATION=1 swift test --filter Documentation` writes the generated parts.
enum Documentation {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let catalogue = "Sources/CommandLineTool/Documentation.docc"
    static let readme = "README.md"

    static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_DOCUMENTATION"] != nil }

    /// The paths of the catalogue's pages, seen from the root.
    static var pages: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: root.appending(path: catalogue).path)
                .filter { $0.hasSuffix(".md") }.sorted().map { "\(catalogue)/\($0)" }
        }
    }

    /// The pages beside the configs: the guide, the results, and what was tried for the records.
    static var pagesOfConfigs: [String] {
        let names = FileManager.default.enumerator(atPath: root.appending(path: "configs").path)?.compactMap {
            $0 as? String
        }
        return (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { "configs/\($0)" }
    }

    /// A page by its name in the catalogue.
    static func page(_ name: String) -> String { "\(catalogue)/\(name).md" }

    static func text(of file: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
    }

    /// A source file, wherever it lies.
    static func source(_ name: String) throws -> String {
        let paths = FileManager.default.enumerator(atPath: root.appending(path: "Sources").path)?.compactMap {
            $0 as? String
        }
        let path = try #require(paths?.first { $0.hasSuffix("/\(name)") }, "\(name) is not in Sources")
        return try text(of: "Sources/\(path)")
    }

    /// What stands between a part's markers.
    static func part(_ title: String, of file: String) throws -> String {
        let text = try text(of: file)
        return String(text[try content(of: title, in: text)])
    }

    /// Demands that a part is as generated, or makes it so.
    static func expect(_ title: String, in file: String, toBe generated: String) throws {
        let old = try part(title, of: file)
        guard old != generated + "\n" else { return }
        guard isUpdating else {
            Issue.record(
                """
                \(title) in \(file) is out of date; UPDATE_DOCUMENTATION=1 swift test --filter Documentation
                \(difference(old, generated + "\n"))
                """)
            return
        }
        try replace(title, in: file, with: generated)
    }

    static func replace(_ title: String, in file: String, with generated: String) throws {
        var text = try text(of: file)
        text.replaceSubrange(try content(of: title, in: text), with: generated + "\n")
        try text.write(to: root.appendingPathComponent(file), atomically: true, encoding: .utf8)
    }

    private static func content(of title: String, in text: String) throws -> Range<String.Index> {
        let begin = try #require(text.range(of: "<!-- \(title): begin -->\n"), "no marker")
        let end = try #require(text.range(of: "<!-- \(title): end -->\n"), "no marker")
        return begin.upperBound..<end.lowerBound
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
