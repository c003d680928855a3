import Machine
import Testing

@Suite struct MemoryGrantTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var system = FakeSystem()
        let expected: Grant

        init(_ description: String, mebibytes: Int, _ giver: Giver, _ change: (inout FakeSystem) -> Void) {
            testDescription = description
            expected = Grant(mebibytes << 20, by: giver)
            change(&system)
        }
    }

    private static let slice = "/sys/fs/cgroup/a.slice"

    static let cases = [
        Case("nothing known", mebibytes: 16384, .machine) { _ in },
        Case("version 2", mebibytes: 512, .controlGroup(file: "/sys/fs/cgroup/memory.max")) {
            $0.files["/proc/self/cgroup"] = "0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.container
            $0.files["/sys/fs/cgroup/memory.max"] = "536870912\n"
            $0.files["/sys/fs/cgroup/memory.high"] = "max\n"
        },
        Case("version 2, unlimited", mebibytes: 16384, .machine) {
            $0.files["/proc/self/cgroup"] = "0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.container
            $0.files["/sys/fs/cgroup/memory.max"] = "max\n"
        },
        Case("more than the machine has", mebibytes: 16384, .machine) {
            $0.files["/proc/self/cgroup"] = "0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.container
            $0.files["/sys/fs/cgroup/memory.max"] = "\(1 << 40)\n"
        },
        Case("memory.high is lower", mebibytes: 256, .controlGroup(file: "\(slice)/memory.high")) {
            $0.files["/proc/self/cgroup"] = "0::/a.slice\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.unified
            $0.files["\(slice)/memory.max"] = "536870912\n"
            $0.files["\(slice)/memory.high"] = "268435456\n"
        },
        Case("nested, the outer one is smaller", mebibytes: 1024, .controlGroup(file: "\(slice)/memory.max")) {
            $0.files["/proc/self/cgroup"] = "0::/a.slice/b.service/c\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.unified
            $0.files["\(slice)/memory.max"] = "1073741824\n"
            $0.files["\(slice)/b.service/memory.max"] = "2147483648\n"
            $0.files["\(slice)/b.service/c/memory.max"] = "max\n"
        },
        Case("version 1", mebibytes: 512, .controlGroup(file: "/sys/fs/cgroup/memory/j/memory.limit_in_bytes")) {
            $0.files["/proc/self/cgroup"] = "9:memory:/j\n0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.perController
            $0.files["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "9223372036854771712\n"
            $0.files["/sys/fs/cgroup/memory/j/memory.limit_in_bytes"] = "536870912\n"
        },
        Case(
            "version 1, limited outside of the container", mebibytes: 300,
            .controlGroup(file: "/sys/fs/cgroup/memory/memory.stat")
        ) {
            $0.files["/proc/self/cgroup"] = "2:memory:/docker/0123abc\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.oldContainer
            $0.files["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "9223372036854771712\n"
            $0.files["/sys/fs/cgroup/memory/memory.stat"] = "cache 4096\nhierarchical_memory_limit 314572800\n"
        },
        // 1,000 MiB of addresses, of which 100 are taken without memory; and some are for threads.
        Case("ulimit -v", mebibytes: 852, .addressLimit) {
            $0.addressLimit = 1000 << 20
            $0.files["/proc/self/statm"] = "\(120 << 8) \(20 << 8) 3000 10 0 5000 0\n"
        },
        Case("ulimit -v with less than the program takes", mebibytes: 0, .addressLimit) {
            $0.addressLimit = 95 << 20
            $0.files["/proc/self/statm"] = "\(80 << 8) \(20 << 8) 3000 10 0 5000 0\n"
        },
    ]

    @Test(arguments: cases) func `the smallest limit says how much memory was given`(example: Case) {
        #expect(example.system.given.memory == example.expected)
    }

    @Test func `what is free is what the tightest group has left, without cached files`() {
        var system = FakeSystem()
        system.files["/proc/meminfo"] = "MemTotal: 16000000 kB\nMemAvailable:   8000000 kB\n"
        #expect(Given.freeBytes(in: system.surroundings) == 8_000_000 << 10)
        system.files["/proc/self/cgroup"] = "0::/a.slice\n"
        system.files["/proc/self/mountinfo"] = MountInfo.unified
        system.files["/sys/fs/cgroup/a.slice/memory.max"] = "1000\n"
        system.files["/sys/fs/cgroup/a.slice/memory.current"] = "700\n"
        system.files["/sys/fs/cgroup/a.slice/memory.stat"] = "anon 500\nfile 200\ninactive_file 150\n"
        #expect(Given.freeBytes(in: system.surroundings) == 450)
    }

    @Test func `in version 1 cached files of the groups within do not count as used either`() {
        var system = FakeSystem()
        system.files["/proc/meminfo"] = "MemTotal: 16000000 kB\nMemAvailable:   8000000 kB\n"
        system.files["/proc/self/cgroup"] = "9:memory:/j\n0::/\n"
        system.files["/proc/self/mountinfo"] = MountInfo.perController
        let group = "/sys/fs/cgroup/memory/j"
        system.files["\(group)/memory.limit_in_bytes"] = "1000\n"
        system.files["\(group)/memory.usage_in_bytes"] = "700\n"
        system.files["\(group)/memory.stat"] = "cache 20\ninactive_file 10\ntotal_cache 200\ntotal_inactive_file 150\n"
        #expect(Given.freeBytes(in: system.surroundings) == 450)
    }

    @Test func `what the kernel never wrote is read without harm`() {
        for text in ["", "\n", "::::", "0::", "1 2 3", "x y z - cgroup2", "\u{0}\u{1}", "0::\\777/\\0", "-"] {
            var system = FakeSystem()
            for file in ["/proc/self/cgroup", "/proc/self/mountinfo", "/proc/self/statm", "/proc/self/status"] {
                system.files[file] = text
            }
            #expect(system.given.processors.amount == 8 && system.given.memory.giver == .machine)
        }
    }
}
