import Datasets
import Foundation
import Synchronization

/// A small HTTP/1.1 server on the loopback, whose first path component says how it misbehaves.
final class LoopbackServer: Sendable {
    /// What a server may do with a file.
    enum Manner: String {
        case good
        case slow  // in small pieces
        case cut  // half of what is left, then the connection is closed
        case cutOnceWithoutRanges  // as above, once, and ranges are ignored
        case stalling  // a little of the first file, then nothing, until the rest is asked for
        case wrong  // other bytes of the same length
        case truncated  // whole by its header, but not by its content
        case page  // a web page with status 200
        case endless  // more than any file, without a length
        case missing
        case failing
    }

    let port: UInt16
    private let files: [String: [UInt8]]
    private let listener: Int32
    private let log = Mutex<[String]>([])

    init(files: [String: [UInt8]]) throws {
        self.files = files
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let listener = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isReady = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isReady else { throw CocoaError(.fileReadUnknown) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { [self] in
                    serve(connection)
                    close(connection)
                }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    func mirror(_ manner: Manner) -> String {
        "http://127.0.0.1:\(port)/\(manner.rawValue)/"
    }

    /// What was asked for so far: path and range.
    var requests: [String] { log.withLock { $0 } }

    private func serve(_ connection: Int32) {
        var request = ""
        var byte: UInt8 = 0
        while !request.hasSuffix("\r\n\r\n") {
            guard recv(connection, &byte, 1, 0) == 1 else { return }
            request.unicodeScalars.append(Unicode.Scalar(byte))
        }
        let lines = request.components(separatedBy: "\r\n")
        let path = lines[0].split(separator: " ")[1].split(separator: "/").map(String.init)
        let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
            .flatMap { Int($0.dropFirst(13).prefix { $0.isNumber }) }
        let earlier = log.withLock { log in
            log.append(path.joined(separator: "/") + (range.map { " from \($0)" } ?? ""))
            return log.count { $0.hasPrefix(path.joined(separator: "/")) } - 1
        }
        guard path.count == 2, let manner = Manner(rawValue: path[0]), let file = files[path[1]] else {
            return send(connection, head: "404 Not Found", length: 0)
        }
        let isFirst = path[1].hasPrefix(DataFile.trainingImages.rawValue)
        answer(connection, manner == .stalling && !isFirst ? .good : manner, file, from: range, earlier: earlier)
    }

    private func answer(_ connection: Int32, _ manner: Manner, _ file: [UInt8], from range: Int?, earlier: Int) {
        switch manner {
        case .missing: return send(connection, head: "404 Not Found", length: 0)
        case .failing: return send(connection, head: "503 Service Unavailable", length: 0)
        case .page:
            let page = Array("<html>Please log in.</html>".utf8)
            send(connection, head: "200 OK", length: page.count)
            send(connection, page)
            return
        case .endless:
            send(connection, head: "200 OK", length: nil)
            for _ in 0..<10_000 where send(connection, [UInt8](repeating: 7, count: 10_000)) {}
            return
        case .cutOnceWithoutRanges:
            send(connection, head: "200 OK", length: file.count)
            send(connection, earlier == 0 ? Array(file.prefix(file.count / 2)) : file)
            return
        default: break
        }
        var content = file
        if manner == .wrong { content[content.count / 2] ^= 1 }
        if manner == .truncated { content.removeLast(content.count / 3) }
        let start = range ?? 0
        if range != nil, start >= content.count {
            return send(connection, head: "416 Range Not Satisfiable", length: 0)
        }
        let rest = Array(content[start...])
        if range == nil {
            send(connection, head: "200 OK", length: rest.count)
        } else {
            let span = "Content-Range: bytes \(start)-\(content.count - 1)/\(content.count)\r\n"
            send(connection, head: "206 Partial Content", length: rest.count, more: span)
        }
        switch manner {
        case .slow:
            for piece in stride(from: 0, to: rest.count, by: 2000) {
                guard send(connection, Array(rest[piece..<min(piece + 2000, rest.count)])) else { return }
                usleep(10_000)
            }
        case .cut: send(connection, Array(rest.prefix(rest.count < 100 ? rest.count : rest.count / 2)))
        case .stalling where range == nil:
            send(connection, Array(rest.prefix(500)))
            recv(connection, &content, 1, 0)  // until the client gives up
        default: send(connection, rest)
        }
    }

    private func send(_ connection: Int32, head status: String, length: Int?, more: String = "") {
        let length = length.map { "Content-Length: \($0)\r\n" } ?? ""
        send(connection, Array("HTTP/1.1 \(status)\r\n\(length)\(more)Connection: close\r\n\r\n".utf8))
    }

    @discardableResult
    private func send(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { systemSend(connection, $0) }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}

/// The system's own, which the server's methods hide.
private func systemSend(_ connection: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    send(connection, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
}
