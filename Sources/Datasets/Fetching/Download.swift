import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Downloads one file from one address into a partial file, continuing where an earlier attempt ended.
final class Download: NSObject, URLSessionDataDelegate, Sendable {
    fileprivate struct State {
        var file: FileHandle
        var received: Int
        var expected: Int?
        var failure: DownloadError?
        var lastArrival = ContinuousClock.now
    }

    private let state: Mutex<State>
    private let limit: Int
    private let isResumed: Bool
    private let isDone = DispatchSemaphore(value: 0)
    private let report: @Sendable (Int, Int?) -> Void

    /// Returns when the file is whole; throws with what came so far left in place.
    static func run(
        _ address: URL, into path: String, limit: Int, patience: TimeInterval, isCancelled: () -> Bool,
        report: @escaping @Sendable (Int, Int?) -> Void
    ) throws(DownloadError) {
        let download = try Download(path, limit: limit, report: report)
        try download.run(address, patience: patience, isCancelled: isCancelled)
    }

    private init(_ path: String, limit: Int, report: @escaping @Sendable (Int, Int?) -> Void) throws(DownloadError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(path, errorText()) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let size = Int((try? file.seekToEnd()) ?? 0)
        state = Mutex(State(file: file, received: size))
        isResumed = size > 0
        self.limit = limit
        self.report = report
    }

    private func run(_ address: URL, patience: TimeInterval, isCancelled: () -> Bool) throws(DownloadError) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = patience + 60  // counts whole seconds; ours is counted below
        var request = URLRequest(url: address)
        // The bytes as they lie there, or the offsets of a resumed download would be those of another stream.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        let start = state.withLock { $0.received }
        if isResumed { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }

        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        let task = session.dataTask(with: request)
        task.resume()
        while isDone.wait(timeout: .now() + 0.05) == .timedOut {
            let isOver = state.withLock { state in
                if isCancelled() {
                    state.failure = .cancelled
                } else if ContinuousClock.now - state.lastArrival > .seconds(patience) {
                    state.failure = .connection("nothing arrived for \(patience) seconds")
                }
                return state.failure != nil
            }
            // What arrives after a failure is not written, so nothing need be waited for.
            if isOver { break }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let isWelcome = state.withLock { state in
            let response = response as? HTTPURLResponse
            let rest = response.flatMap { Int($0.value(forHTTPHeaderField: "Content-Length") ?? "") }
            switch response?.statusCode {
            case 206? where response?.begins(at: state.received) == true: break
            case 200?: state.restart()  // the server gives all of it, resumed or not
            case 206? where isResumed, 416? where isResumed:
                state.restart()
                state.failure = .stale
            case let status: state.failure = .status(status ?? 0)
            }
            state.expected = rest.map { state.received + $0 }
            if let expected = state.expected, expected > limit { state.failure = state.failure ?? .tooLong(limit) }
            return state.failure == nil
        }
        completionHandler(isWelcome ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let (received, expected, isWelcome) = state.withLock { state in
            guard state.failure == nil else { return (0, Int?.none, false) }
            state.lastArrival = .now
            if state.received + data.count > limit {
                state.failure = .tooLong(limit)
            } else {
                do {
                    try state.file.write(contentsOf: data)
                    state.received += data.count
                } catch {
                    state.failure = .file("the partial file", error.localizedDescription)
                }
            }
            return (state.received, state.expected, state.failure == nil)
        }
        if isWelcome { report(received, expected) } else { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        state.withLock { state in
            if let error { state.failure = state.failure ?? .connection(Self.words(for: error)) }
            if let expected = state.expected, state.received < expected {
                state.failure = state.failure ?? .connection("cut off after \(state.received) of \(expected) bytes")
            }
            do {
                try state.file.synchronize()
            } catch {
                state.failure = state.failure ?? .file("the partial file", error.localizedDescription)
            }
        }
        isDone.signal()
    }
}

extension Download {
    /// What the system's codes mean to a user; its own descriptions are numbers on Linux.
    private static func words(for error: any Error) -> String {
        switch (error as? URLError)?.code {
        case .cannotFindHost?, .dnsLookupFailed?: "no such host, or no network"
        case .cannotConnectToHost?: "nothing answers there, or no network"
        case .notConnectedToInternet?: "no network"
        case .networkConnectionLost?: "the connection was lost"
        case .timedOut?: "no answer in time"
        case .secureConnectionFailed?, .serverCertificateUntrusted?, .serverCertificateHasBadDate?:
            "no secure connection"
        default: error.localizedDescription
        }
    }
}

extension Download.State {
    /// Forgets an earlier attempt.
    fileprivate mutating func restart() {
        do {
            try file.truncate(atOffset: 0)
            received = 0
        } catch {
            failure = .file("the partial file", error.localizedDescription)
        }
    }
}

extension HTTPURLResponse {
    /// Whether a part of a file is the part that was asked for.
    fileprivate func begins(at offset: Int) -> Bool {
        value(forHTTPHeaderField: "Content-Range")?.hasPrefix("bytes \(offset)-") == true
    }
}

/// Why one attempt at one address ended early.
package enum DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
    case connection(String)
    case status(Int)
    case tooLong(Int)
    case stale
    case wrongContent(String)
    case file(String, String)
    case cancelled

    /// What a list of failed mirrors says after the address.
    package var description: String {
        switch self {
        case .connection(let reason): reason
        case .status(let code):
            code == 404 ? "no such file there (status 404)" : "the server answered with status \(code)"
        case .tooLong(let limit): "the file is longer than the \(limit) bytes it can have"
        case .stale: "the file there has changed since the download began"
        case .wrongContent(let reason): "not the official file: \(reason)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .cancelled: "stopped"
        }
    }
}
