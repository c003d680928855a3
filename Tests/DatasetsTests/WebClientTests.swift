import Foundation
import Testing

@testable import Datasets

/// With programs of our own in place of curl and wget, so that neither need be there.
@Suite(.timeLimit(.minutes(5))) struct WebClientTests {
    private let small = SmallSet()
    private let programs: TemporaryFolder
    private let folder: TemporaryFolder

    init() throws {
        programs = try TemporaryFolder()
        folder = try TemporaryFolder()
    }

    /// A program of this name that notes its arguments, then runs lines of shell; the address is `$address`.
    private func program(_ name: String, _ lines: String) throws {
        let script =
            "#!/bin/sh\necho \"$*\" >> \(programs.path)/calls\n" + #"for address; do :; done\#n"# + lines + "\n"
        let path = try programs.write(Array(script.utf8), to: name)
        chmod(path, 0o755)
    }

    /// Fetches from a server that never hears of it; why it failed.
    private func fetch() -> DownloadError? {
        var fetch = Fetch()
        fetch.client = WebClient(searchPath: "/nowhere:" + programs.path)
        do {
            try fetch.run(small.known(mirrors: ["http://a.test/"]), into: folder.path)
            return nil
        } catch FetchError.mirrors(_, let failures, _) {
            return failures.first?.reason
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    private var calls: [String] {
        let text = try? String(contentsOfFile: programs.path + "/calls", encoding: .utf8)
        return text?.split(separator: "\n").map(String.init) ?? []
    }

    /// Lines of shell that answer with the files, after this head.
    private func answer(_ head: String) throws -> String {
        for (name, bytes) in small.served { try programs.write(bytes, to: name) }
        return #"printf '\#(head)\r\n\r\n'; cat "\#(programs.path)/${address##*/}""#
    }

    @Test func `wget is used where there is no curl`() throws {
        try program("wget", try answer("HTTP/1.1 200 OK"))
        #expect(fetch() == nil)
        #expect(calls.count == 4)
        #expect(calls.first?.hasSuffix("-- http://a.test/train-images-idx3-ubyte.gz") == true)
    }

    @Test func `curl is preferred to wget`() throws {
        try program("curl", try answer("HTTP/2 200"))
        try program("wget", "exit 1")
        #expect(fetch() == nil)
        #expect(calls.count == 4)
    }

    @Test func `only curl is asked for the rest of a file`() throws {
        let address = "http://a.test/train-images-idx3-ubyte.gz"
        let partial = ".train-images-idx3-ubyte.\(SHA256.hex(of: Array(address.utf8)).prefix(12)).part"
        for (name, range) in [("wget", false), ("curl", true)] {
            try folder.write([1, 2, 3], to: partial)
            try program(name, try answer("HTTP/1.1 200 OK"))
            #expect(fetch() == nil)
            #expect(calls.contains { $0.hasPrefix(range ? "--disable" : "--no-config") })
            #expect(calls.contains { $0.contains("--range 3-") } == range)
            for file in folder.names { try FileManager.default.removeItem(atPath: folder.path + "/" + file) }
        }
    }

    @Test func `redirections are passed over`() throws {
        let moved = #"HTTP/1.1 302 Found\r\nLocation: http://b.test/\r\nContent-Length: 5\r\n\r\n"#
        try program("curl", try answer(#"HTTP/1.1 100 Continue\r\n\r\n"# + moved + "HTTP/1.1 200 OK"))
        #expect(fetch() == nil)
    }

    @Test func `a length that no file has is refused, whatever was received before`() throws {
        let address = "http://a.test/train-images-idx3-ubyte.gz"
        let partial = ".train-images-idx3-ubyte.\(SHA256.hex(of: Array(address.utf8)).prefix(12)).part"
        try folder.write([1, 2, 3], to: partial)
        let head = #"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 3-\r\nContent-Length: \#(Int.max)\r\n\r\n"#
        try program("curl", "printf '\(head)1'")
        guard case .tooLong? = fetch() else {
            Issue.record("the length was believed")
            return
        }
    }

    static let failures: [(String, String, DownloadError)] = [
        ("curl", "exit 6", .connection("no such host, or no network")),
        ("curl", "exit 60", .connection("no secure connection")),
        ("curl", "echo 'curl: (1) odd' >&2; exit 1", .connection("curl: (1) odd")),
        ("curl", "kill -9 $$", .connection("curl: exit code 9")),
        ("curl", "", .connection("the answer is empty")),
        ("curl", "echo hello; echo", .connection("the answer is not one of a web server")),
        ("curl", #"printf 'HTTP/1.1 304 Not Modified\r\n\r\n'"#, .status(304)),
        (
            "curl", #"printf 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234'"#,
            .connection("cut off after 4 of 9 bytes")
        ),
        ("curl", "exec yes", .connection("the answer has no end of its head")),
        ("wget", "exit 4", .connection("nothing answers there, or no network")),
        ("wget", "echo '2026-01-01 ERROR 404: Not Found.' >&2; exit 8", .status(404)),
        ("wget", "echo 'wget: odd' >&2; exit 1", .connection("wget: odd")),
    ]

    @Test(arguments: failures)
    func `what a program dies of is told in words`(name: String, lines: String, expected: DownloadError) throws {
        try program(name, lines)
        #expect(fetch() == expected)
    }

    @Test func `without either the message says what to install`() {
        var fetch = Fetch()
        fetch.client = WebClient(searchPath: programs.path)
        do {
            try fetch.run(small.known(), into: folder.path)
            Issue.record("there is nothing to fetch with")
        } catch {
            let lines = "\(error)".split(separator: "\n")
            #expect(lines.first == "small could not be fetched: neither curl nor wget is in $PATH")
            #expect(
                lines.suffix(2) == [
                    "install one of them and fetch again, or put the four files into \(folder.path)",
                    "--data DIR or $MNIST_LAB_DATA names another place; mnist-lab train quickstart needs no data",
                ])
        }
    }

    @Test func `a client is stopped with the tool`() throws {
        try program("curl", "echo $$ > \(programs.path)/process; exec sleep 600")
        var fetch = Fetch()
        fetch.client = WebClient(searchPath: programs.path)
        let note = programs.path + "/process"
        fetch.isCancelled = { (try? String(contentsOfFile: note, encoding: .utf8))?.hasSuffix("\n") == true }
        #expect(throws: FetchError.self) { try fetch.run(small.known(mirrors: ["http://a.test/"]), into: folder.path) }
        let text = try String(contentsOfFile: note, encoding: .utf8).trimmingCharacters(in: .newlines)
        let process = try #require(Int32(text))
        #expect(kill(process, 0) != 0, "it still runs")
    }
}
