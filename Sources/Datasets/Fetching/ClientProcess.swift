import Foundation

/// A web client at work, whose output is read as it comes.
struct ClientProcess: ~Copyable {
    private let client: WebClient
    private let process = Process()
    private let output = Pipe()
    private let messages = Pipe()

    init(_ client: WebClient, arguments: [String]) throws(DownloadError) {
        self.client = client
        process.executableURL = URL(fileURLWithPath: client.path)
        process.arguments = arguments
        // Messages are searched for English words.
        process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = messages
        do {
            try process.run()
        } catch {
            throw .file(client.path, error.localizedDescription)
        }
    }

    deinit {
        // It has nothing to put in order.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// What has come, nothing if that takes longer than a twentieth of a second; nil at the end.
    func nextPiece() -> [UInt8]? {
        let descriptor = output.fileHandleForReading.fileDescriptor
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 50) > 0 else { return [] }
        let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
        return piece.isEmpty ? nil : piece
    }

    /// Waits for a client that has written everything; what it complains of, if anything.
    func complaint() -> DownloadError? {
        let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let code = process.terminationStatus
        return code == 0 ? nil : client.failure(exitCode: code, messages: text)
    }
}
