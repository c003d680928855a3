import Tensors
import Testing

@Suite struct FloatMemoryTests {
    @Test func `memory begins as zeros on a page of its own and holds what is put there`() throws {
        let memory = try FloatMemory(count: 5000)
        #expect(memory.values() == Array(repeating: 0, count: 5000))
        #expect(Int(bitPattern: memory.base) % 4096 == 0)
        memory.set([1, 2, 3], at: 4997)
        memory.set([4], at: 0)
        #expect(memory.values(4996..<5000) == [0, 1, 2, 3] && memory.values(0..<2) == [4, 0])
        #expect(try FloatMemory(count: 0).values() == [])
    }

    @Test func `the ledger grows with every memory and shrinks when its owner goes`() async {
        // In a process of its own, where no other test allocates.
        await #expect(processExitsWith: .success) {
            let start = FloatMemory.bytesInUse
            var memories: [FloatMemory] = []
            for count in [0, 1, 1000, 100_000] { memories.append(try FloatMemory(count: count)) }
            #expect(FloatMemory.bytesInUse == start + 4 * 101_001)
            memories.removeLast()
            #expect(FloatMemory.bytesInUse == start + 4 * 1001)
            memories.removeAll()
            #expect(FloatMemory.bytesInUse == start)
        }
    }

    @Test func `memory that no machine has is an error, and leaves the ledger alone`() throws {
        #expect(throws: MemoryError(bytes: 4 << 50)) { try FloatMemory(count: 1 << 50) }
        #expect(MemoryError(bytes: 3 << 20).description.hasPrefix("3 MiB"))
        #expect(FloatMemory.bytesInUse < 1 << 50)
    }

    @Test(arguments: [1 << 19, 1 << 19 + 1, 1 << 20 - 7, 3 << 20 + 1000])
    func `memory of several large pages begins with one, holds what is written, and is given back`(count: Int) throws {
        for _ in 0..<20 {
            let memory = try FloatMemory(count: count)
            #expect(UInt(bitPattern: memory.base) % (1 << 21) == 0)
            #expect(memory.values(count - 3..<count) == [0, 0, 0])
            memory.set([1, 2, 3], at: count - 3)
            memory.set([4], at: 0)
            #expect(memory.values(count - 3..<count) == [1, 2, 3])
            #expect(memory.values(0..<2) == [4, 0])
        }
    }
}
