import Datasets
import Reporting
import Synchronization

/// Shows the progress of downloads: redrawn on a terminal, one line per file elsewhere. Called from the network's threads.
final class FetchProgress: Sendable {
    private let last = Mutex<(file: DataFile?, percent: Int)>((nil, -1))

    func show(_ progress: Fetch.Progress) {
        let percent = progress.expected.map { 100 * progress.received / max($0, 1) } ?? 0
        let isNewFile = last.withLock { last in
            defer { last = (progress.file, percent) }
            return last.file != progress.file ? true : last.percent != percent ? false : nil as Bool?
        }
        guard let isNewFile else { return }
        let terminal = Terminal.error
        let size = progress.expected.map { " of \(byteSize($0))" } ?? ""
        if terminal.canRedraw {
            let line = "fetching \(progress.file.rawValue)  \(byteSize(progress.received))\(size)  \(percent) %"
            let isDone = progress.expected == progress.received
            try? terminal.write("\r\u{1B}[K" + truncated(line, to: terminal.width - 1) + (isDone ? "\n" : ""))
        } else if isNewFile {
            try? terminal.write("fetching \(progress.file.rawValue)\(size) from \(progress.address)\n")
        }
    }
}
