import Foundation
import Testing

/// Whether pages lead where they say.
@Suite struct DocumentationLinkTests {
    static let texts =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"] + Documentation.pagesOfConfigs

    @Test func `every relative link leads to a file that exists, and to a heading of it`() throws {
        var count = 0
        for file in try Self.texts + Documentation.pages {
            let folder = Documentation.root.appending(path: file).deletingLastPathComponent()
            for match in Self.prose(try Documentation.text(of: file)).matches(of: #/\]\(([^)\s]+)\)/#) {
                let target = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
                    String.init)
                guard !target[0].contains(":") else { continue }
                count += 1
                let url =
                    target[0].isEmpty
                    ? Documentation.root.appending(path: file)
                    : folder.appending(path: target[0]).standardizedFileURL
                guard FileManager.default.fileExists(atPath: url.path) else {
                    Issue.record("\(file): \(match.1) does not exist")
                    continue
                }
                if target.count > 1 {
                    let headings = Self.headings(of: try String(contentsOf: url, encoding: .utf8))
                    #expect(headings.contains(target[1]), "\(file): \(match.1)")
                }
            }
        }
        #expect(count >= 60 && Documentation.pagesOfConfigs.count >= 5)
    }

    @Test func `the catalogue's first page leads to every other`() throws {
        let text = try Documentation.text(of: Documentation.page("Documentation"))
        let topics = Set(text.matches(of: #/- <doc:(\w+)>/#).map { Documentation.page(String($0.1)) })
        let pages = Set(try Documentation.pages).subtracting([Documentation.page("Documentation")])
        #expect(topics == pages)
        for page in topics { #expect(text.contains("](\(page.split(separator: "/").last ?? ""))")) }
    }

    @Test func `a page begins with its title and one sentence about it`() throws {
        for file in try Documentation.pages {
            let blocks = try Documentation.text(of: file).components(separatedBy: "\n\n")
            #expect(blocks[0].contains(#/^# [^\n]+$/#), "\(file)")
            #expect(blocks[1].contains(#/^[^#|<`][^.]*\.$/#), "\(file)")
        }
    }

    @Test func `the README is short enough to decide by`() throws {
        #expect(
            try Documentation.text(of: Documentation.readme).split(separator: "\n", omittingEmptySubsequences: false)
                .count <= 221)
    }

    /// A page without its blocks of code.
    private static func prose(_ text: String) -> String {
        text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
    }

    /// The anchors of a page's headings, as GitHub makes them.
    private static func headings(of text: String) -> Set<String> {
        let lines = prose(text).split(separator: "\n").filter { $0.contains(#/^#+ /#) }
        return Set(
            lines.map { line in
                line.drop { $0 == "#" }.dropFirst().lowercased().filter {
                    $0.isLetter || $0.isNumber || " -_".contains($0)
                }
                .replacing(" ", with: "-")
            })
    }
}
