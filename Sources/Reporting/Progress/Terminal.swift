#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One of the standard streams, and what is known about the screen behind it.
package struct Terminal: Sendable {
    private let descriptor: Int32

    /// Where results go.
    package static let output = Terminal(descriptor: 1)

    /// Where everything else goes: progress, warnings, errors.
    package static let error = Terminal(descriptor: 2)

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether a person is looking, rather than a file or a pipe.
    package var isTerminal: Bool {
        isatty(descriptor) == 1
    }

    /// Whether a line can be taken back and drawn anew.
    package var canRedraw: Bool { isTerminal && environment("TERM") != "dumb" }

    /// The columns of the screen at this moment, for it may be resized at any; elsewhere what `COLUMNS` says, or 80.
    package var width: Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return Self.statedWidth ?? 80
    }

    /// The columns that tables may have: those of the screen; without one, what `COLUMNS` says, or as many as they need, for a
    /// program that reads them is not helped by what was cut.
    package var tableWidth: Int { isTerminal ? width : Self.statedWidth ?? Self.mostColumns }

    private static let mostColumns = 10_000

    private static var statedWidth: Int? {
        environment("COLUMNS").flatMap { Int($0) }.flatMap { (1...mostColumns).contains($0) ? $0 : nil }
    }

    /// The rows of the screen at this moment; 24 where nobody knows.
    package var height: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
        return Int(size.ws_row)
    }

    /// Whether colours are shown and wanted (no-color.org).
    package var hasColor: Bool {
        isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    /// Writes all of a text; `EPIPE` says that its reader has gone away, where SIGPIPE is ignored.
    package func write(_ text: String) throws(FileError) {
        var text = text
        if let code = text.withUTF8({ writeAll(UnsafeRawBufferPointer($0), to: descriptor) }) {
            throw FileError("write", descriptor == 2 ? "standard error" : "standard output", code: code)
        }
    }
}

/// A variable of the environment.
package func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
