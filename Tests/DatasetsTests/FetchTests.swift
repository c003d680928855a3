import Datasets
import Foundation
import Synchronization
import Testing

@Suite(.enabled(if: WebClient() != nil, "needs curl or wget"), .timeLimit(.minutes(5))) struct FetchTests {
    private let small = SmallSet()
    private let folder: TemporaryFolder
    private let server: LoopbackServer

    init() throws {
        folder = try TemporaryFolder()
        server = try LoopbackServer(files: small.served)
    }

    private static let complete = DataFile.allCases.map { $0.rawValue + ".gz" }.sorted()

    private var fetch: Fetch {
        var fetch = Fetch()
        fetch.patience = 60  // a busy machine is no bad mirror
        return fetch
    }

    private func fetch(from manners: LoopbackServer.Manner..., with fetch: Fetch? = nil) throws {
        defer { server.stop() }
        try (fetch ?? self.fetch).run(small.known(mirrors: manners.map(server.mirror)), into: folder.path)
    }

    /// The folder holds the four right files and no traces.
    private func expectComplete() throws {
        #expect(folder.names == [".lock"] + Self.complete)
        let files = DataSearch.files(in: folder.path).found
        let parts = try DataParts(name: "small", files: files, origin: folder.path)
        #expect(parts.training.pixels == small.parts.training.pixels)
        #expect(parts.fingerprints == small.parts.fingerprints)
    }

    /// Why each mirror failed, in words.
    private func failures(_ manners: LoopbackServer.Manner..., with fetch: Fetch? = nil) -> [DownloadError] {
        do {
            defer { server.stop() }
            try (fetch ?? self.fetch).run(small.known(mirrors: manners.map(server.mirror)), into: folder.path)
            return []
        } catch FetchError.mirrors(_, let failures, folder: _) {
            return failures.map(\.reason)
        } catch {
            Issue.record("\(error)")
            return []
        }
    }

    @Test func `a good mirror is enough`() throws {
        try fetch(from: .good, .failing)
        try expectComplete()
        #expect(server.requests.count == 4)
    }

    @Test(arguments: [
        LoopbackServer.Manner.missing, .failing, .wrong, .truncated, .page, .endless,
    ])
    func `a bad mirror is passed over`(manner: LoopbackServer.Manner) throws {
        try fetch(from: manner, .good)
        try expectComplete()
    }

    @Test func `a mirror that stalls is given up`() throws {
        var impatient = fetch
        impatient.patience = 3
        impatient.attempts = 1
        try fetch(from: .stalling, .good, with: impatient)
        try expectComplete()
    }

    @Test func `a download that is cut is gone on with where it ended`() throws {
        var stubborn = fetch
        stubborn.attempts = 30
        try fetch(from: .cut, with: stubborn)
        try expectComplete()
        let size = small.compressed[.trainingImages]!.count
        #expect(server.requests.contains("cut/train-images-idx3-ubyte.gz from \(size / 2)"))
    }

    @Test func `a server that ignores ranges is begun again with`() throws {
        try fetch(from: .cutOnceWithoutRanges)
        try expectComplete()
    }

    @Test(arguments: ["train-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz"])
    func `a link and a pipe are not replaced by what is fetched, but refused`(name: String) throws {
        let path = "\(folder.path)/\(name)"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "elsewhere")
        let known = small.known(mirrors: [server.mirror(.good)])
        let fetch = fetch
        let linked = #expect(throws: FetchError.self) { try fetch.run(known, into: folder.path) }
        #expect(linked?.description.hasPrefix("\(path): this is a link, a folder or a special file, and not") == true)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "elsewhere")
        try FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: FetchError.self) { try fetch.run(known, into: folder.path) }
        try FileManager.default.removeItem(atPath: path)
        try self.fetch(from: .good)
        try expectComplete()
    }

    @Test func `a slow mirror is waited for, and progress is told`() throws {
        let seen = Mutex<[Fetch.Progress]>([])
        var told = fetch
        told.progress = { progress in seen.withLock { $0.append(progress) } }
        try withExtendedLifetime(seen) { try fetch(from: .slow, with: told) }
        try expectComplete()
        let images = seen.withLock { $0.filter { $0.file == .trainingImages } }
        let size = small.compressed[.trainingImages]!.count
        // How often depends on how busy the machine is, but not only when everything is there.
        #expect(images.first.map { $0.received < size } == true)
        #expect(images.last?.received == size)
        #expect(images.allSatisfy { $0.expected == size })
        #expect(images.map(\.received) == images.map(\.received).sorted())
    }

    @Test func `what was stopped is gone on with by the next fetch`() throws {
        let received = Mutex(0)
        var stopped = fetch
        stopped.progress = { progress in received.withLock { $0 = progress.received } }
        stopped.isCancelled = { received.withLock { $0 == 500 } }
        let known = small.known(mirrors: [server.mirror(.stalling)])
        #expect(throws: FetchError.self) { try stopped.run(known, into: folder.path) }
        #expect(folder.names.count == 2 && folder.names[1].hasSuffix(".part"))
        try fetch(from: .stalling)
        try expectComplete()
        #expect(server.requests[1] == "stalling/train-images-idx3-ubyte.gz from 500")
    }

    @Test func `a partial file that fits no more is begun again`() throws {
        let size = small.compressed[.trainingImages]!.count
        let address = server.mirror(.good) + DataFile.trainingImages.rawValue + ".gz"
        let name = ".\(DataFile.trainingImages.rawValue).\(SHA256.hex(of: Array(address.utf8)).prefix(12)).part"
        for content in [[UInt8](repeating: 1, count: 100), [UInt8](repeating: 1, count: size + 10)] {
            try folder.write(content, to: name)
            try? FileManager.default.removeItem(atPath: folder.path + "/train-images-idx3-ubyte.gz")
            try fetch.run(small.known(mirrors: [server.mirror(.good)]), into: folder.path)
            try expectComplete()
        }
        server.stop()
    }

    @Test func `right files are left alone, wrong ones replaced`() throws {
        for (file, bytes) in small.compressed where file != .testLabels {
            try folder.write(bytes, to: file.rawValue + ".gz")
        }
        try folder.write([1, 2, 3], to: DataFile.testLabels.rawValue + ".gz")
        try fetch(from: .good)
        try expectComplete()
        #expect(server.requests == ["good/t10k-labels-idx1-ubyte.gz"])
    }

    @Test func `a wrong file without its wrapper does not hide the one that is fetched`() throws {
        for (file, bytes) in small.compressed where file != .testLabels {
            try folder.write(bytes, to: file.rawValue + ".gz")
        }
        try folder.write([1, 2, 3], to: DataFile.testLabels.rawValue)
        try fetch(from: .good)
        try expectComplete()
        let found = DataSearch.files(in: folder.path).found[.testLabels]
        #expect(found == "\(folder.path)/\(DataFile.testLabels.rawValue).gz")
    }

    @Test func `two fetches at once do the work once`() async throws {
        let known = small.known(mirrors: [server.mirror(.slow)])
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask { [fetch, path = folder.path] in try fetch.run(known, into: path) }
            }
            try await group.waitForAll()
        }
        server.stop()
        try expectComplete()
        #expect(server.requests.count == 4)
    }

    @Test func `each mirror's failure is told`() {
        let expected = [
            "no such file there (status 404)", "the server answered with status 503",
            "not the official file: byte 31391: the checksum of the decompressed data is wrong",
            "not the official file: its checksum is another",
        ]
        #expect(failures(.missing, .failing, .wrong, .page).map(\.description) == expected)
    }

    @Test func `without a network the message says what to do`() throws {
        server.stop()
        do {
            try fetch.run(small.known(mirrors: [server.mirror(.good)]), into: folder.path)
            Issue.record("nothing answers there")
        } catch {
            let lines = "\(error)".split(separator: "\n")
            #expect(lines.first == "small could not be fetched from any mirror:")
            #expect(lines.suffix(2).first?.hasPrefix("check the network and fetch again") == true)
            #expect(lines.last?.hasPrefix("--data DIR or $MNIST_LAB_DATA names another place") == true)
        }
    }

    @Test func `a folder that cannot be made is told`() throws {
        let file = try folder.write([1], to: "file")
        #expect(throws: FetchError.self) { try fetch.run(small.known(), into: file + "/cache") }
    }
}
