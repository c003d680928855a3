import Datasets
import Reporting
import Synchronization

/// Shows the progress of downloads: redrawn on a terminal, one line per file elsewhere. Called from the network's threads.
final class FetchProgress: Sendable {
    private let last = Mutex<(file: DataFile?, percent: Int, isOpen: Bool)>((nil, -1, false))

    /// Leaves no line half drawn behind: messages that follow begin with a line of their own.
    func end() {
        let isOpen = last.withLock { last in
            defer { last = (nil, -1, false) }
            return last.isOpen
        }
        if isOpen { try? Terminal.error.write("\r\u{1B}[K") }
    }

    func show(_ progress: Fetch.Progress) {
        // Where the server does not say how much there is, the line is redrawn for each quarter of a megabyte.
        let percent = progress.expected.map { 100 * progress.received / max($0, 1) } ?? progress.received >> 18
        let isNewFile = last.withLock { last in
            defer { (last.file, last.percent) = (progress.file, percent) }
            return last.file != progress.file ? true : last.percent != percent ? false : nil as Bool?
        }
        guard let isNewFile else { return }
        let terminal = Terminal.error
        let size = progress.expected.map { " of \(byteSize($0))" } ?? ""
        let share = progress.expected == nil ? "" : "  \(percent) %"
        if terminal.canRedraw {
            let line = "fetching \(progress.file.rawValue)  \(byteSize(progress.received))\(size)\(share)"
            let isDone = progress.expected == progress.received
            try? terminal.write("\r\u{1B}[K" + truncated(line, to: terminal.width - 1) + (isDone ? "\n" : ""))
            last.withLock { $0.isOpen = !isDone }
        } else if isNewFile {
            try? terminal.write("fetching \(progress.file.rawValue)\(size) from \(progress.address)\n")
        }
    }
}
