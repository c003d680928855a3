import Reporting
import Testing

@Suite struct BlocksTests {
    static let table = TextTable(["run", "aaaa", .right("bbbb"), "cccc"], rows: [["x", "1", "2", "3"], ["y"]])

    @Test(arguments: [
        (21, [["run", "aaaa", "bbbb", "cccc"]]), (20, [["run", "aaaa", "bbbb"], ["run", "cccc"]]),
        (14, [["run", "aaaa"], ["run", "bbbb"], ["run", "cccc"]]),
        (1, [["run", "aaaa"], ["run", "bbbb"], ["run", "cccc"]]),
    ])
    func `columns that have no room stand below, beside the first once more`(width: Int, titles: [[String]]) {
        let blocks = Self.table.blocks(width: width)
        #expect(blocks.map { $0.columns.map(\.title) } == titles)
        #expect(
            blocks.allSatisfy {
                $0.rows.map(\.first) == ["x", "y"] && $0.rows.map(\.count) == [$0.columns.count, $0.columns.count]
            })
    }

    @Test func `a first column of long words leaves half of the width to the others`() {
        let table = TextTable(["run", "a", "b"], rows: [[String(repeating: "x", count: 100), "1234", "1234"]])
        #expect(table.blocks(width: 40).count == 1)
        #expect(TextTable(["run"]).blocks(width: 10).map(\.columns.count) == [1])
    }
}
