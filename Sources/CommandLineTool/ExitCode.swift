/// How a command ended, as scripts see it.
package enum ExitCode: Int32, Sendable, CaseIterable {
    case success = 0
    case failure = 1
    case usage = 2
    case unmet = 3
    case undecided = 4
    case postponed = 75
    case hungUp = 129
    case interrupted = 130
    case terminated = 143

    /// What help says about it.
    package var meaning: String {
        switch self {
        case .success: "done, and every expectation met"
        case .failure: "the run failed: input or output error, disk full, diverged loss"
        case .usage: "usage or config error; nothing was written"
        case .unmet: "trained, but an expectation was not met"
        case .undecided: "trained, but there are too few runs to decide an expectation"
        case .postponed: "stopped by SIGTERM in a job of Slurm, checkpoint saved"
        case .hungUp: "stopped by SIGHUP, checkpoint saved"
        case .interrupted: "stopped by SIGINT, checkpoint saved"
        case .terminated: "stopped by SIGTERM, checkpoint saved"
        }
    }
}
