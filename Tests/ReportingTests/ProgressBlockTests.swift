import Testing

@testable import Reporting

@Suite struct ProgressBlockTests {
    /// A block on a screen of some size, and all that it writes.
    private final class Screen {
        var text = ""
        var size = (width: 80, height: 24)
        func block(_ mode: ProgressWriter.Mode) -> ProgressBlock {
            ProgressBlock(mode: mode, size: { [self] in size }, write: { [self] in text += $0 })
        }
    }

    @Test func `a block takes the place of the one before`() {
        let screen = Screen()
        var block = screen.block(.redrawn)
        block.show(now: 0) { _ in ["a", "b"] }
        block.show(now: 1) { _ in ["c"] }
        block.clear()
        #expect(screen.text == "a\nb\r\u{1B}[1A\u{1B}[Jc\r\u{1B}[J")
    }

    @Test func `lines that stay stand above the block`() {
        let screen = Screen()
        var block = screen.block(.redrawn)
        block.show(now: 0) { _ in ["a"] }
        block.say("done")
        block.show(now: 0.01) { _ in ["b"] }
        #expect(screen.text == "a\r\u{1B}[Jdone\nb")
    }

    @Test func `a screen that became narrower is cleared of the rows that the lines were broken into`() {
        let screen = Screen()
        var block = screen.block(.redrawn)
        block.show(now: 0) { width in [String(repeating: "x", count: width), Style.colored.green("y")] }
        screen.size.width = 30
        block.clear()
        #expect(screen.text.hasSuffix("\r\u{1B}[3A\u{1B}[J"))
    }

    @Test func `there are never more lines than the screen has`() {
        let screen = Screen()
        screen.size.height = 4
        var block = screen.block(.redrawn)
        block.show(now: 0) { _ in (0..<9).map(String.init) }
        #expect(screen.text == "0\n1\n2")
    }

    @Test(arguments: [ProgressWriter.Mode.lines, .silent])
    func `where nobody looks nothing is drawn`(mode: ProgressWriter.Mode) {
        let screen = Screen()
        var block = screen.block(mode)
        block.show(now: 0) { _ in ["a"] }
        block.say("b")
        #expect(screen.text == "b\n")
    }
}
