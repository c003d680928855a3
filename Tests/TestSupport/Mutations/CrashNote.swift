#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Says which file was being read when the process crashed, for nothing else could tell it any more.
enum CrashNote {
    /// The file that is being read.
    nonisolated(unsafe) static var number = 0
    nonisolated(unsafe) private static var text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    nonisolated(unsafe) private static var actions: [(signal: Int32, before: sigaction)] = []

    static func begin(_ text: String) {
        self.text = strdup("mutations: a crash: \(text), file ")
        for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
            var action = sigaction()
            #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = { _ in CrashNote.tell() }
            #elseif canImport(Musl)
            action.__sa_handler.sa_handler = { _ in CrashNote.tell() }
            #else
            action.__sigaction_handler.sa_handler = { _ in CrashNote.tell() }
            #endif
            // Once; then whatever is done otherwise.
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
            var before = sigaction()
            sigaction(signal, &action, &before)
            actions.append((signal, before))
        }
    }

    static func end() {
        for (signal, var before) in actions { sigaction(signal, &before, nil) }
        actions = []
        free(text)
    }

    /// Nothing here may allocate, for the heap may be what is broken.
    private static func tell() {
        write(STDERR_FILENO, text, strlen(text))
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            var digit = UInt8(ascii: "0") + UInt8(number / divisor % 10)
            write(STDERR_FILENO, &digit, 1)
            divisor /= 10
        }
        write(STDERR_FILENO, "\n", 1)
    }
}
