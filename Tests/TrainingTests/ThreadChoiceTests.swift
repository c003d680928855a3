import Testing

@testable import Training

@Suite struct ThreadChoiceTests {
    /// The number of threads after so many steps, whose duration follows from theirs.
    private func settled(_ choice: inout ThreadChoice, after steps: Int, _ seconds: (Int) -> Double) -> Int {
        for _ in 0..<steps { choice.stepTook(seconds(choice.threads)) }
        return choice.threads
    }

    /// A machine on which a step takes so long with each number of threads.
    struct Machine: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let threads, expected: Int
        let seconds: @Sendable (Int) -> Double
    }

    static let machines: [Machine] = [
        Machine(testDescription: "all where work divides well", threads: 8, expected: 8) { 0.0008 / Double($0) },
        Machine(testDescription: "one where a second one makes it slower", threads: 2, expected: 1) {
            $0 == 1 ? 0.0001 : 0.0003
        },
        Machine(testDescription: "four where more of them only wait", threads: 16, expected: 4) {
            let work = 0.0004 / Double(min($0, 4))
            return work + 0.00001 * Double($0)
        },
        Machine(testDescription: "all where fewer are hardly faster", threads: 2, expected: 2) {
            $0 == 1 ? 0.000095 : 0.0001
        },
        Machine(testDescription: "all for long steps, even if one would be faster", threads: 2, expected: 2) {
            $0 == 1 ? 0.01 : 0.02
        },
        Machine(testDescription: "the only one", threads: 1, expected: 1) { _ in 0.0001 },
    ]

    @Test(arguments: machines)
    func `the fastest number of threads is found`(_ machine: Machine) {
        var choice = ThreadChoice(threads: machine.threads)
        #expect(settled(&choice, after: 200, machine.seconds) == machine.expected)
    }

    @Test func `a choice is made again when the machine has changed, at a cost of few steps`() {
        var choice = ThreadChoice(threads: 2)
        #expect(settled(&choice, after: 200) { $0 == 1 ? 0.0001 : 0.0003 } == 1)
        var tried = 0
        for _ in 0..<2000 {
            choice.stepTook(choice.threads == 1 ? 0.0001 : 0.0003)
            tried += choice.threads == 2 ? 1 : 0
        }
        #expect(tried <= 40)
        #expect(settled(&choice, after: 2100) { $0 == 1 ? 0.0003 : 0.0001 } == 2)
        #expect(settled(&choice, after: 2100) { $0 == 1 ? 0.0001 : 0.0003 } == 1)
    }

    @Test func `what disturbs some steps does not decide`() {
        var choice = ThreadChoice(threads: 2)
        var step = 0
        for _ in 0..<200 {
            step += 1
            // For some time everything takes five times as long.
            let factor = (10..<24).contains(step) ? 5.0 : 1
            choice.stepTook(factor * (choice.threads == 2 ? 0.0002 : 0.0003))
        }
        #expect(choice.threads == 2)
    }
}
