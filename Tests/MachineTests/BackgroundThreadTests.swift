import Dispatch
import Machine
import Synchronization
import Testing

@Suite struct BackgroundThreadTests {
    @Test func `a closure runs on a thread of its own`() {
        let bell = DispatchSemaphore(value: 0)
        #expect(BackgroundThread.start { bell.signal() })
        bell.wait()
    }

    @Test func `a thread that the system refuses is told of, and its closure does not run`() {
        let ran = Atomic<Bool>(false)
        // No machine has so much address space for a stack.
        #expect(!BackgroundThread.start(stackBytes: 1 << 60) { ran.store(true, ordering: .relaxed) })
        let hasRun = ran.load(ordering: .relaxed)
        #expect(!hasRun)
    }
}
