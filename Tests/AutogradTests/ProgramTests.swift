import Autograd
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct ProgramTests {
    private func differences(_ results: [[Float]], _ expected: [[Float]]) -> [String] {
        zip(results, expected).compactMap { firstDifference($0, $1) }
    }

    @Test(arguments: Net.all, [1, 2, 3, 5, 32, 33, 100, 128])
    func `a planned run gives the bits of an unplanned one, whatever was in its memory`(net: Net, batch: Int) throws {
        let recorded = try RecordedNet(net, batch: batch)
        let plan = try Program.plan(
            recorded.graph, batch: batch, outputs: recorded.outputs,
            assigning: recorded.assignments.map(\.value))
        let expected = try recorded.truth(plan.partition)
        #expect(expected.allSatisfy(areFinite))

        // Whoever reads what nobody wrote finds NaN, and whoever writes beyond the plan is seen.
        let floats = plan.bytes / MemoryLayout<Float>.stride
        let memory = try FloatMemory(count: floats + 1000)
        memory.set(Array(repeating: .nan, count: memory.count))
        let program = try recorded.program(in: memory)
        #expect(differences(recorded.results(of: program), expected) == [])
        #expect(memory.values(floats..<memory.count).allSatisfy { $0.isNaN })
    }

    @Test(arguments: Net.all, [1, 5, 33, 128])
    func `any number of threads, and a second run, give the same bits`(net: Net, batch: Int) throws {
        let recorded = try RecordedNet(net, batch: batch)
        let program = try recorded.program()
        let expected = recorded.results(of: program)
        for threads in [1, 2, 3, 7, 16] {
            #expect(differences(recorded.results(of: program, threads: threads), expected) == [])
        }
        #expect(differences(recorded.results(of: program, key: 4), expected).isEmpty != net.testDescription.drops)
    }
}

extension String {
    /// Whether a net's name speaks of dropout.
    fileprivate var drops: Bool { ["dropout", "in place", "read twice"].contains { contains($0) } }
}
