import Machine
import Testing

@Suite struct ProcessorTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var system = FakeSystem()
        let expected: Grant

        init(_ description: String, _ count: Int, _ giver: Giver, _ change: (inout FakeSystem) -> Void) {
            testDescription = description
            expected = Grant(count, by: giver)
            change(&system)
        }
    }

    static let cases = [
        Case("nothing known", 8, .machine) { _ in },
        Case("taskset -c 0", 1, .affinity) {
            $0.files["/proc/self/status"] = "Name:\tmnist-lab\nCpus_allowed:\t01\nCpus_allowed_list:\t0\n"
        },
        Case("a cpuset with gaps", 5, .affinity) {
            $0.files["/proc/self/status"] = "Cpus_allowed_list:\t0-2,5,7\n"
            $0.files["/sys/devices/system/cpu/online"] = "0-7\n"
        },
        Case("processors that the machine might get", 8, .machine) {
            $0.files["/proc/self/status"] = "Cpus_allowed_list:\t0-127\n"
            $0.files["/sys/devices/system/cpu/online"] = "0-7\n"
        },
        Case("a list that makes no sense", 8, .machine) {
            $0.files["/proc/self/status"] = "Cpus_allowed_list:\t3-1,x\n"
        },
        Case("version 2, one processor", 1, .controlGroup(file: "/sys/fs/cgroup/cpu.max")) {
            $0.files["/proc/self/cgroup"] = "0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.container
            $0.files["/sys/fs/cgroup/cpu.max"] = "100000 100000\n"
        },
        Case("version 2, one and a half", 2, .controlGroup(file: "/sys/fs/cgroup/cpu.max")) {
            $0.files["/proc/self/cgroup"] = "0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.container
            $0.files["/sys/fs/cgroup/cpu.max"] = "150000 100000\n"
        },
        Case("version 2, a tenth", 1, .controlGroup(file: "/sys/fs/cgroup/cpu.max")) {
            $0.files["/proc/self/cgroup"] = "0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.container
            $0.files["/sys/fs/cgroup/cpu.max"] = "10000 100000\n"
        },
        Case("version 2, unlimited", 8, .machine) {
            $0.files["/proc/self/cgroup"] = "0::/user.slice\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.unified
            $0.files["/sys/fs/cgroup/user.slice/cpu.max"] = "max 100000\n"
        },
        Case("nested, the outer one is smaller", 3, .controlGroup(file: "/sys/fs/cgroup/a.slice/cpu.max")) {
            $0.files["/proc/self/cgroup"] = "0::/a.slice/b.service\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.unified
            $0.files["/sys/fs/cgroup/a.slice/cpu.max"] = "300000 100000\n"
            $0.files["/sys/fs/cgroup/a.slice/b.service/cpu.max"] = "600000 100000\n"
        },
        Case("nested, the inner one is smaller", 2, .controlGroup(file: "/sys/fs/cgroup/a.slice/b.service/cpu.max")) {
            $0.files["/proc/self/cgroup"] = "0::/a.slice/b.service\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.unified
            $0.files["/sys/fs/cgroup/a.slice/cpu.max"] = "300000 100000\n"
            $0.files["/sys/fs/cgroup/a.slice/b.service/cpu.max"] = "200000 100000\n"
        },
        Case("version 1", 2, .controlGroup(file: "/sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_quota_us")) {
            $0.files["/proc/self/cgroup"] = "11:cpu,cpuacct:/batch\n5:memory:/batch\n0::/\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.perController
            $0.files["/sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_quota_us"] = "200000\n"
            $0.files["/sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_period_us"] = "100000\n"
        },
        Case("version 1, unlimited", 8, .machine) {
            $0.files["/proc/self/cgroup"] = "11:cpu,cpuacct:/batch\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.perController
            $0.files["/sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_quota_us"] = "-1\n"
            $0.files["/sys/fs/cgroup/cpu,cpuacct/batch/cpu.cfs_period_us"] = "100000\n"
        },
        Case("Docker with version 1", 4, .controlGroup(file: "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us")) {
            $0.files["/proc/self/cgroup"] = "4:cpu,cpuacct:/docker/0123abc\n2:memory:/docker/0123abc\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.oldContainer
            $0.files["/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us"] = "400000\n"
            $0.files["/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us"] = "100000\n"
        },
        Case("a mount point with a blank", 1, .controlGroup(file: "/mnt/control groups/x/cpu.max")) {
            $0.files["/proc/self/cgroup"] = "0::/x\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.blank
            $0.files["/mnt/control groups/x/cpu.max"] = "100000 100000\n"
        },
        Case("a group beside the mounted one", 1, .controlGroup(file: "/sys/fs/cgroup/cpu.max")) {
            $0.files["/proc/self/cgroup"] = "0::/../other\n"
            $0.files["/proc/self/mountinfo"] = MountInfo.container
            $0.files["/sys/fs/cgroup/cpu.max"] = "100000 100000\n"
        },
        Case("Slurm", 2, .variable("SLURM_CPUS_PER_TASK")) { $0.variables["SLURM_CPUS_PER_TASK"] = "2" },
        Case("OpenMP, with levels", 3, .variable("OMP_NUM_THREADS")) { $0.variables["OMP_NUM_THREADS"] = "3, 2" },
        Case("the smaller of two variables", 1, .variable("OMP_NUM_THREADS")) {
            $0.variables = ["SLURM_CPUS_PER_TASK": "4", "OMP_NUM_THREADS": "1"]
        },
        Case("a variable gives no more than there is", 8, .machine) { $0.variables["OMP_NUM_THREADS"] = "64" },
    ]

    @Test(arguments: cases) func `the smallest limit says how many processors were given`(example: Case) {
        #expect(example.system.given.processors == example.expected)
    }

    @Test(arguments: ["four", "0", "-1", "1.5", ",2", "99999999999999999999"])
    func `a variable that is no number of threads is ignored and remembered`(value: String) {
        var system = FakeSystem()
        system.variables["OMP_NUM_THREADS"] = value
        #expect(system.given.processors == Grant(8, by: .machine))
        #expect(system.given.ignored == [IgnoredVariable(name: "OMP_NUM_THREADS", value: value)])
    }

    @Test func `an empty variable is none`() {
        var system = FakeSystem()
        system.variables["OMP_NUM_THREADS"] = ""
        #expect(system.given.ignored.isEmpty)
    }

    @Test func `this process was given a processor and memory`() {
        let given = Given.toThisProcess
        #expect(given.processors.amount >= 1 && given.memory.amount > 1 << 26)
        #expect((Surroundings.here.peakBytes ?? 0) > 1 << 20)
    }
}
