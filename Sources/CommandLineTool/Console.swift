import Reporting

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a command writes: results to one stream, everything else to the other.
package final class Console {
    package let style: Style
    package let messageStyle: Style

    /// The columns of the screen that results go to.
    package let width: Int

    /// The columns that a table of results may have.
    package let tableWidth: Int

    /// Whether a person sees the results as they are drawn, rather than a file, a program or a terminal that only prints.
    package let isScreen: Bool

    private let results: (String) throws(FileError) -> Void
    private let messages: (String) throws(FileError) -> Void

    /// What first kept results from being written; a reader who has seen enough is no failure.
    private(set) var failure: FileError?

    init(
        style: Style = .plain, messageStyle: Style = .plain, width: Int = 80, tableWidth: Int? = nil,
        isScreen: Bool = false,
        results: @escaping (String) throws(FileError) -> Void,
        messages: @escaping (String) throws(FileError) -> Void
    ) {
        self.style = style
        self.messageStyle = messageStyle
        self.width = width
        self.tableWidth = tableWidth ?? width
        self.isScreen = isScreen
        self.results = results
        self.messages = messages
    }

    /// The process's own streams.
    package static func standard() -> Console {
        Console(
            style: Style(for: .output), messageStyle: Style(for: .error), width: Terminal.output.width,
            tableWidth: Terminal.output.tableWidth, isScreen: Terminal.output.canRedraw, results: Terminal.output.write,
            messages: Terminal.error.write)
    }

    /// Writes a result as it is; once that has failed, nothing more is tried.
    package func write(_ text: String) {
        guard failure == nil else { return }
        do {
            try results(text)
        } catch {
            failure = error
        }
    }

    /// Writes a line for the person at the terminal.
    package func say(_ line: String) {
        try? messages(line + "\n")
    }

    /// The failure to write results that the user should hear of; a reader who has seen enough is not one.
    var lostResults: FileError? {
        failure?.code == EPIPE ? nil : failure
    }
}
