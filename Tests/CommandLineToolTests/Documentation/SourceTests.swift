import Foundation
import Testing

/// What must hold of all files of code, as text.
@Suite struct SourceTests {
    static let files: [String] = ["Sources", "Tests"].flatMap { folder -> [String] in
        let paths =
            FileManager.default.enumerator(atPath: Documentation.root.appending(path: folder).path)?
            .compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    }

    @Test func `a system's own library is imported only where it is, and every system has a turn`() throws {
        let systems = ["Glibc", "Musl", "Darwin"]
        var count = 0
        for file in Self.files {
            let text = try Documentation.text(of: file)
            // Most files have none, and are many.
            guard systems.contains(where: { text.range(of: "import \($0)\n", options: .literal) != nil }) else {
                continue
            }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let places = lines.indices.filter { index in systems.contains { lines[index].hasSuffix("import \($0)") } }
            count += 1
            let found = places.map { place in place == 0 ? "" : String(lines[place - 1]) }
            let expected = systems.enumerated().map { "#\($0.offset == 0 ? "if" : "elseif") canImport(\($0.element))" }
            #expect(found == expected, "\(file)")
            #expect(places.map { String(lines[$0]) } == systems.map { "import \($0)" }, "\(file)")
        }
        #expect(count > 20)
    }
}
