/// What a process was given of the machine: by the hardware, a container, a batch system or the shell.
///
///     let given = Given.toThisProcess
///     given.processors.amount       // 2
///     "\(given.processors.giver)"   // SLURM_CPUS_PER_TASK
///
/// Of everything that limits a process the smallest counts. Nothing of it may influence a result.
package struct Given: Sendable, Equatable {
    /// Threads that can compute at the same time.
    package let processors: Grant
    /// Bytes of memory, for everything that the process holds.
    package let memory: Grant
    /// Variables that say no number of threads and are ignored.
    package let ignored: [IgnoredVariable]

    /// Found out once, for it does not change while a process runs.
    package static let toThisProcess = Given(in: .here)

    /// Works it out from what is known.
    package init(in surroundings: Surroundings) {
        let groups = ControlGroups(in: surroundings)
        var ignored: [IgnoredVariable] = []
        var processors = Grant(surroundings.processors, by: .machine)
            .limited(by: surroundings.affineProcessors.map { Grant($0, by: .affinity) })
            .limited(by: groups.processors(reading: surroundings.file))
        for name in Self.threadVariables {
            guard let text = surroundings.variable(name), !text.isEmpty else { continue }
            // OpenMP has a number for each level of nesting: 4,1.
            guard let count = Int(text.prefix { $0 != "," }.trimmed), count > 0 else {
                ignored.append(IgnoredVariable(name: name, value: text))
                continue
            }
            processors = processors.limited(by: Grant(count, by: .variable(name)))
        }
        self.processors = processors
        self.ignored = ignored

        memory = Grant(surroundings.bytes, by: .machine)
            .limited(by: groups.memory(reading: surroundings.file))
            .limited(by: surroundings.freeAddresses.map { Grant($0, by: .addressLimit) })
    }

    /// They can only lower the number of threads: more threads than processors would wait for each other.
    private static let threadVariables = ["OMP_NUM_THREADS", "SLURM_CPUS_PER_TASK"]

    /// Bytes that are free at this moment, without what must be left for others.
    package static func freeBytes(in surroundings: Surroundings = .here) -> Int? {
        let line = surroundings.file("/proc/meminfo")?.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        let machine = line?.split(separator: " ").lazy.compactMap { Int($0) }.first.map { $0 * 1024 }
        let group = ControlGroups(in: surroundings).freeMemory(reading: surroundings.file)
        return [machine, group].compactMap(\.self).min()
    }
}

/// A variable of the environment whose value cannot be understood.
package struct IgnoredVariable: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension ControlGroups {
    fileprivate init(in surroundings: Surroundings) {
        self.init(
            membership: surroundings.file("/proc/self/cgroup") ?? "",
            mountInfo: surroundings.file("/proc/self/mountinfo") ?? "")
    }
}

extension Substring {
    /// Without blanks around it.
    fileprivate var trimmed: Substring {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
