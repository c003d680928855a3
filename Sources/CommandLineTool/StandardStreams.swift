#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Standard streams that were closed before the process began, as `>&-` does.
enum StandardStreams {
    /// Takes their numbers. Otherwise the next file to be opened would get one, and with it whatever is printed.
    ///
    /// What takes the place of an output can only be read, so that lost results are noticed like those on a full disk.
    static func reserve() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // The system always gives the lowest number that is free.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
