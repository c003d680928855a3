import Kernels
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Autograd

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct MemoryTests {
    // In processes of their own, where no other test allocates.

    @Test func `a program takes the memory that was planned`() async {
        await #expect(processExitsWith: .success) {
            for net in Net.all {
                let recorded = try RecordedNet(net, batch: 33)
                let plan = try Program.plan(
                    recorded.graph, batch: 33, outputs: recorded.outputs,
                    assigning: recorded.assignments.map(\.value))
                let before = FloatMemory.bytesInUse
                let program = try recorded.program()
                #expect(FloatMemory.bytesInUse - before == plan.bytes)
                #expect(program.plan.bytes == plan.bytes && plan.bytes > 0)
                _ = recorded.results(of: program)
                #expect(FloatMemory.bytesInUse - before == plan.bytes)
            }
        }
    }

    @Test func `hundreds of runs leave the heap as it was`() async {
        await #expect(processExitsWith: .success) {
            for net in Net.all {
                let recorded = try RecordedNet(net, batch: 33)
                let program = try recorded.program()
                let team = Team(threads: 2)
                // A thread takes memory when it starts, which may be late.
                let present = Atomic<Int>(0)
                team.forEach(2) { _ in
                    present.wrappingAdd(1, ordering: .relaxed)
                    while present.load(ordering: .relaxed) < 2 { sched_yield() }
                }
                for _ in 0..<10 { program.run(key: 1, team: team) }
                // On a busy machine a thread's first piece of work, which takes memory once, may come late; what a run takes
                // shows every time.
                let isLeftAlone = (0..<5).contains { _ in
                    let reports = heapReports {
                        for key in 0..<100 { program.run(key: UInt64(key), team: team) }
                    }
                    return reports?.after == reports?.before
                }
                #expect(isLeftAlone, "\(net.testDescription)")
            }
        }
    }
}

@Suite struct PlacementTests {
    @Test(arguments: 0..<200)
    func `blocks that live at the same time lie apart`(round: Int) {
        var noise = Noise("blocks \(round)")
        let blocks = (0..<noise.integer(in: 1...40)).map { _ in
            let first = noise.integer(in: 0...20)
            return Block(
                floats: noise.pick([0, 1, 16, 100, 1000]), first: first, last: first + noise.integer(in: 0...8))
        }
        let (offsets, total) = place(blocks)
        for a in blocks.indices where blocks[a].floats > 0 {
            #expect(offsets[a] >= 0 && offsets[a] + blocks[a].floats <= total)
            for b in blocks.indices
            where b > a && blocks[b].floats > 0 && blocks[a].first <= blocks[b].last
                && blocks[b].first <= blocks[a].last
            {
                #expect(
                    offsets[a] + blocks[a].floats <= offsets[b] || offsets[b] + blocks[b].floats <= offsets[a])
            }
        }
        // No moment needs more than all of its blocks, and no plan can do with less.
        let needs = (0...28).map { moment in
            blocks.filter { $0.first <= moment && moment <= $0.last }.reduce(0) { $0 + $1.floats }
        }
        #expect(total >= needs.max()!)
        #expect(total <= blocks.reduce(0) { $0 + $1.floats })
    }

    @Test func `blocks that never live at the same time share their place`() {
        let (offsets, total) = place((0..<5).map { Block(floats: 16, first: 2 * $0, last: 2 * $0 + 1) })
        #expect(offsets == [0, 0, 0, 0, 0] && total == 16)
    }
}
