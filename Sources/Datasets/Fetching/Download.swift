import Foundation

/// Downloads one file from one address into a partial file, continuing where an earlier attempt ended.
struct Download {
    private let file: FileHandle
    private let isResumed: Bool
    private let limit: Int
    private let report: (Int, Int?) -> Void
    private var received: Int
    private var expected: Int?
    private var head = ResponseHead()

    /// Returns when the file is whole; throws with what came so far left in place.
    static func run(
        _ address: URL, by client: WebClient, into path: String, limit: Int, patience: TimeInterval,
        isCancelled: () -> Bool, report: @escaping (Int, Int?) -> Void
    ) throws(DownloadError) {
        var download = try Download(path, limit: limit, canResume: client.canResume, report: report)
        let process = try ClientProcess(
            client, arguments: client.arguments(for: address, from: download.received, patience: patience))
        try download.receive(from: process, patience: patience, isCancelled: isCancelled)
        try download.finish(process.complaint())
    }

    private init(
        _ path: String, limit: Int, canResume: Bool, report: @escaping (Int, Int?) -> Void
    ) throws(DownloadError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(path, errorText()) }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        received = Int((try? file.seekToEnd()) ?? 0)
        isResumed = received > 0 && canResume
        self.limit = limit
        self.report = report
        if !canResume { try restart() }
    }

    private mutating func receive(
        from process: borrowing ClientProcess, patience: TimeInterval, isCancelled: () -> Bool
    ) throws(DownloadError) {
        var lastArrival = ContinuousClock.now
        while true {
            if isCancelled() { throw .cancelled }
            guard let piece = process.nextPiece() else { break }
            if !piece.isEmpty {
                lastArrival = .now
                try take(piece)
            } else if ContinuousClock.now - lastArrival > .seconds(patience) {
                throw .connection("nothing arrived for \(patience) seconds")
            }
        }
        // A key that stops the tool may stop the client, too.
        if isCancelled() { throw .cancelled }
    }

    private mutating func take(_ piece: [UInt8]) throws(DownloadError) {
        var content = piece[...]
        if !head.isWhole {
            content = try head.take(content)
            if head.isWhole { try begin() }
        }
        guard !content.isEmpty else { return }
        guard received + content.count <= limit else { throw .tooLong(limit) }
        try write { try file.write(contentsOf: Data(content)) }
        received += content.count
        report(received, expected)
    }

    /// What the server's answer means for what is there already.
    private mutating func begin() throws(DownloadError) {
        switch head.status {
        case 206 where head.begins(at: received): break
        case 200: try restart()  // the server gives all of it, resumed or not
        case 206 where isResumed, 416 where isResumed:
            try restart()
            throw .stale
        default: throw .status(head.status)
        }
        if let length = head.length, length > limit { throw .tooLong(limit) }
        expected = head.length.map { received + $0 }
        if let expected, expected > limit { throw .tooLong(limit) }
    }

    private mutating func finish(_ complaint: DownloadError?) throws(DownloadError) {
        try write { try file.synchronize() }
        if let expected, received < expected {
            throw .connection("cut off after \(received) of \(expected) bytes")
        }
        if let complaint { throw complaint }
        guard head.isWhole else { throw .connection("the answer is empty") }
    }

    /// Forgets an earlier attempt.
    private mutating func restart() throws(DownloadError) {
        try write { try file.truncate(atOffset: 0) }
        received = 0
    }

    private func write(_ change: () throws -> Void) throws(DownloadError) {
        do { try change() } catch { throw .file("the partial file", error.localizedDescription) }
    }
}
