import Experiments
import Reporting

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Limits so low that libraries would end the process in the middle of something, known before anything is begun.
enum ProcessLimits {
    static func check() throws {
        try MemoryRefusal.checkProgram()
        try checkDescriptors()
    }

    /// As many files as may be open at the same time, those of the thread library included.
    private static let fewestDescriptors = 4

    private static func checkDescriptors() throws(FileError) {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < fewestDescriptors {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            if descriptor < 0 {
                // Where there is no such file, nothing is known.
                guard errno == EMFILE || errno == ENFILE else { return }
                throw FileError("open", "\(fewestDescriptors) files")
            }
            opened.append(descriptor)
        }
    }
}
