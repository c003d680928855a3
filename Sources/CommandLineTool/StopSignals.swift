import Experiments
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// SIGINT, SIGTERM and SIGHUP while training: the first asks for a checkpoint, the second ends the process at once.
///
/// Not so in a job of Slurm, where one reason may bring several SIGTERM: to the script, which hands it on, and to the tool.
enum StopSignals {
    private static let received = Atomic<Int32>(0)
    private static let isPatient = Atomic(false)

    /// Begins to listen; earlier signals do not count.
    static func listen() {
        received.store(0, ordering: .relaxed)
        isPatient.store(SlurmJob.current != nil, ordering: .relaxed)
        // The parent process may have left them blocked, as Dispatch's threads do.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in numbers { sigaddset(&signals, number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        for number in numbers {
            signal(number) { number in
                // Only what is safe in a signal handler: atomics, and _exit.
                let isFirst = StopSignals.received.exchange(number, ordering: .relaxed) == 0
                let isRepeated = number == SIGTERM && StopSignals.isPatient.load(ordering: .relaxed)
                if !isFirst, !isRepeated { _exit(128 + number) }
            }
        }
    }

    /// From now on a signal ends the process again.
    static func stopListening() {
        for number in numbers { signal(number, SIG_DFL) }
    }

    /// Without SIGHUP where the process is to outlive its terminal, as nohup arranges.
    private static let numbers: [Int32] = [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])

    /// Whether the process was told to ignore a signal, by whoever started it.
    static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        #if canImport(Darwin)
        let handler = action.__sigaction_u.__sa_handler
        #elseif canImport(Musl)
        let handler = action.__sa_handler.sa_handler
        #else
        let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// The exit code that the signal asks for, if one came.
    static var exitCode: ExitCode? {
        switch received.load(ordering: .relaxed) {
        case 0: nil
        case SIGTERM: isPatient.load(ordering: .relaxed) ? .postponed : .terminated
        case SIGHUP: .hungUp
        default: .interrupted
        }
    }
}
