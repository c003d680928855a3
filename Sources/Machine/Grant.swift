/// How much of something a process may use, and who decided that.
package struct Grant: Sendable, Equatable {
    /// A number of processors, or of bytes.
    package let amount: Int
    package let giver: Giver

    package init(_ amount: Int, by giver: Giver) {
        self.amount = amount
        self.giver = giver
    }

    /// The smaller of two; of equals the first, so that a limit that limits nothing is not named.
    func limited(by other: Grant?) -> Grant {
        if let other, other.amount < amount { other } else { self }
    }
}

/// Who decides how much a process may use.
package enum Giver: Sendable, Equatable {
    /// The hardware: nobody has set a limit.
    case machine
    /// The processors that the process may run on: `taskset`, `cpuset`, a batch system.
    case affinity
    /// A file of a control group, which a container or a batch system has written.
    case controlGroup(file: String)
    /// A variable of the environment.
    case variable(String)
    /// The shell's limit of addresses.
    case addressLimit
    /// An option of the command line, by its name.
    case option(String)
    /// A sweep, which shares out among its trials.
    case sweep
}

extension Giver: CustomStringConvertible {
    /// A phrase that names what a user can look at or change.
    package var description: String {
        switch self {
        case .machine: "the machine"
        case .affinity: "the CPU affinity"
        case .controlGroup(let file): file
        case .variable(let name): name
        case .addressLimit: "ulimit -v"
        case .option(let name): "--\(name)"
        case .sweep: "the sweep"
        }
    }
}
