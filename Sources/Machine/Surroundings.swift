#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a process can find out about where it runs, before anything is made of it; tests make their own.
package struct Surroundings: Sendable {
    /// Processors that are switched on.
    package var processors: Int
    /// The machine's memory.
    package var bytes: Int
    /// What the kernel counts memory in.
    package var pageBytes = 4096
    /// How many bytes of addresses the shell allows.
    package var addressLimit: Int?
    /// The environment.
    package var variable: @Sendable (String) -> String?
    /// The content of a file, if it can be read.
    package var file: @Sendable (String) -> String?

    package init(
        processors: Int, bytes: Int, addressLimit: Int? = nil,
        variable: @escaping @Sendable (String) -> String? = { _ in nil },
        file: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.processors = processors
        self.bytes = bytes
        self.addressLimit = addressLimit
        self.variable = variable
        self.file = file
    }

    /// Of this process.
    package static var here: Surroundings {
        let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
        var here = Surroundings(
            processors: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
            bytes: Int(sysconf(Int32(_SC_PHYS_PAGES))) * pageBytes, addressLimit: addressLimitHere,
            variable: { name in getenv(name).map { String(cString: $0) } }, file: { systemFile($0) })
        here.pageBytes = pageBytes
        return here
    }

    private static var addressLimitHere: Int? {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
        #else
        let resource = RLIMIT_AS
        #endif
        guard getrlimit(resource, &limit) == 0 else { return nil }
        // "Unlimited" is more than an integer holds, or the most that one does.
        return Int(exactly: limit.rlim_cur).flatMap { $0 == .max ? nil : $0 }
    }
}

/// A file of `/proc` or of a control group: text of at most a megabyte.
private func systemFile(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var content: [UInt8] = []
    while content.count < 1 << 20 {
        let part = [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, 1 << 14))
        }
        if part.isEmpty { break }
        content += part
    }
    return String(decoding: content, as: UTF8.self)
}
