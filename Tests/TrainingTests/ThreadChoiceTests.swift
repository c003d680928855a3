import Testing

@testable import Training

@Suite struct ThreadChoiceTests {
    /// The number of threads after so many steps, whose duration follows from theirs.
    private func settled(_ choice: inout ThreadChoice, after steps: Int, _ seconds: (Int) -> Double) -> Int {
        for _ in 0..<steps { choice.stepTook(seconds(choice.threads)) }
        return choice.threads
    }

    @Test(
        arguments: [
            ("all where work divides well", 8, 8, { 0.0008 / Double($0) }),
            ("one where a second one makes it slower", 2, 1, { $0 == 1 ? 0.0001 : 0.0003 }),
            ("four where more of them only wait", 16, 4, { 0.0004 / Double(min($0, 4)) + 0.00003 * Double($0) }),
            ("all where fewer are hardly faster", 2, 2, { $0 == 1 ? 0.000095 : 0.0001 }),
            ("all for long steps, even if one would be faster", 2, 2, { $0 == 1 ? 0.01 : 0.02 }),
            ("the only one", 1, 1, { _ in 0.0001 }),
        ] as [(String, Int, Int, @Sendable (Int) -> Double)])
    func `the fastest number of threads is found`(
        _ name: String, threads: Int, expected: Int, seconds: @Sendable (Int) -> Double
    ) {
        var choice = ThreadChoice(threads: threads)
        #expect(settled(&choice, after: 100, seconds) == expected, "\(name)")
    }

    @Test func `a choice is made again when the machine has changed, at a cost below a hundredth`() {
        var choice = ThreadChoice(threads: 2)
        #expect(settled(&choice, after: 100) { $0 == 1 ? 0.0001 : 0.0003 } == 1)
        var tried = 0
        for _ in 0..<4100 {
            choice.stepTook(choice.threads == 1 ? 0.0003 : 0.0001)
            tried += choice.threads == 2 ? 1 : 0
        }
        #expect(choice.threads == 2)
        #expect(settled(&choice, after: 4100) { $0 == 1 ? 0.0001 : 0.0003 } == 1)
    }
}
