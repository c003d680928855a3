import Foundation
import Testing

@testable import Reporting

@Suite struct FilesTests {
    /// A directory that is gone when the test has ended.
    final class Folder {
        let path = NSTemporaryDirectory() + "mnist-lab-\(UUID().uuidString)"
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
        var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
        func text(_ name: String) -> String? { try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
    }

    @Test func `a file is replaced as a whole and leaves nothing beside it`() throws {
        let folder = try Folder()
        try AtomicFile.write("old", to: "\(folder.path)/a.json")
        try AtomicFile.write("new", to: "\(folder.path)/a.json")
        #expect(folder.text("a.json") == "new")
        #expect(folder.names == ["a.json"])
    }

    @Test func `a file that is not committed leaves what was there`() throws {
        let folder = try Folder()
        try AtomicFile.write("old", to: "\(folder.path)/a")
        do {
            var file = try AtomicFile(at: "\(folder.path)/a")
            try file.write(Array("new".utf8).span.bytes)
            #expect(folder.names.count == 2)
        }
        #expect(folder.names == ["a"])
        #expect(folder.text("a") == "old")
    }

    @Test func `a file that is missing is told from one that cannot be read`() throws {
        let folder = try Folder()
        try AtomicFile.write("x", to: "\(folder.path)/a")
        #expect(try readFileIfThere("\(folder.path)/a") == Array("x".utf8))
        #expect(try readFileIfThere("\(folder.path)/b") == nil)
        #expect(try readFileIfThere("\(folder.path)/a/b") == nil)
        #expect(throws: FileError("read", folder.path, code: EISDIR)) { try readFileIfThere(folder.path) }
    }

    @Test func `parts are joined in order, empty ones too`() throws {
        let folder = try Folder()
        let large = [UInt8](repeating: 7, count: 3_000_000)
        var file = try AtomicFile(at: "\(folder.path)/a")
        try file.write(Array("x".utf8).span.bytes)
        try file.write([UInt8]().span.bytes)
        try file.write(large.span.bytes)
        try file.commit()
        #expect(try readFile("\(folder.path)/a") == Array("x".utf8) + large)
    }

    @Test func `names as long as the file system allows are written`() throws {
        let folder = try Folder()
        let name = String(repeating: "字", count: 85)
        try AtomicFile.write("x", to: "\(folder.path)/\(name)")
        #expect(folder.names == [name])
    }

    @Test func `what a killed process of the same number left is no obstacle`() throws {
        let folder = try Folder()
        let process = ProcessInfo.processInfo.processIdentifier
        for serial in 1...500 {
            let name = "\(folder.path)/.a.\(PartialFile.host)~\(process)-\(serial).partial"
            #expect(FileManager.default.createFile(atPath: name, contents: nil))
        }
        try AtomicFile.write("new", to: "\(folder.path)/a")
        #expect(folder.text("a") == "new")
        #expect(folder.names.count == 501)
    }

    @Test func `unfinished files of living processes stay, and those of other machines for a day`() throws {
        let folder = try Folder()
        let (here, there) = (PartialFile.host, "elsewhere")
        #expect(here != there && !here.contains(".") && !here.contains("~"))
        // Process 1 never ends, and no process has the other number.
        let names = [
            ".a.\(here)~1-1.partial", ".a.\(here)~2000000000-1.partial", ".a.\(there)~2000000000-1.partial",
            ".b.\(there)~1-1.partial", ".a.json.2000000000-7.partial", ".features.x7Bq2a.partial", "a.partial",
        ]
        for name in names { try AtomicFile.write("x", to: "\(folder.path)/\(name)") }
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: "\(folder.path)/\(names[3])")
        // Hidden files of others, which only end alike.
        let others = [
            ".notes.partial", ".features.partial", ".features.x7Bq2.partial", ".my.features.x7Bq2a.partial",
            ".a.2000000000.partial", ".a.\(here)~x-1.partial", ".a.\(there)~2000000000-x.partial", ".partial",
        ]
        for name in others {
            try AtomicFile.write("x", to: "\(folder.path)/\(name)")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: "\(folder.path)/\(name)")
        }
        removePartialFiles(in: folder.path)
        #expect(folder.names.sorted() == ([names[0], names[2], names[6]] + others).sorted())
    }

    @Test func `of many that make a file one does, and it was never empty`() async throws {
        let folder = try Folder()
        let path = "\(folder.path)/a"
        let made = try await withThrowingTaskGroup(of: UInt64?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let inode = try AtomicFile.create(Array("maker \(number)".utf8), at: path)
                    // Whoever comes too late sees what the first has written.
                    if inode == nil { #expect(try readFile(path).count >= 7) }
                    return inode
                }
            }
            return try await group.reduce(into: [UInt64]()) { all, inode in if let inode { all.append(inode) } }
        }
        #expect(made.count == 1)
        #expect(folder.names == ["a"])
        let number = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64
        #expect(number == made.first)
        #expect(throws: FileError.self) { try AtomicFile.create([1], at: "\(folder.path)/none/a") }
    }

    @Test func `a directory in the way is known before any work is done`() throws {
        let folder = try Folder()
        #expect(throws: FileError("write", folder.path, code: EISDIR)) { _ = try AtomicFile(at: folder.path) }
    }

    @Test func `many writers of one file leave one of their versions`() async throws {
        let folder = try Folder()
        let path = "\(folder.path)/a"
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { try? AtomicFile.write(String(repeating: "\(number % 10)", count: 10_000), to: path) }
            }
        }
        let text = try #require(folder.text("a"))
        #expect(text.count == 10_000)
        #expect(Set(text).count == 1)
        #expect(folder.names == ["a"])
    }

    @Test(arguments: [
        ("missing/a.json", "No such file or directory; create its directory first"),
        ("file/a.json", "Not a directory; a part of the path is a file, not a directory"),
        ("folder", "Is a directory; it is a directory"),
        (String(repeating: "x", count: 300), "File name too long; choose a shorter name"),
    ])
    func `what cannot be written says why and leaves nothing`(name: String, reason: String) throws {
        let folder = try Folder()
        try AtomicFile.write("", to: "\(folder.path)/file")
        try FileManager.default.createDirectory(atPath: "\(folder.path)/folder", withIntermediateDirectories: true)
        let path = "\(folder.path)/\(name)"
        #expect {
            try AtomicFile.write("x", to: path)
        } throws: {
            ($0 as? FileError)?.description == "cannot write \(path): \(reason)"
        }
        #expect(folder.names == ["file", "folder"])
    }

    @Test func `a link stays a link, and the file that it names is replaced or made`() throws {
        let folder = try Folder()
        let manager = FileManager.default
        try manager.createDirectory(atPath: "\(folder.path)/there", withIntermediateDirectories: true)
        try AtomicFile.write("old", to: "\(folder.path)/there/a")
        for (name, target) in [("first", "second"), ("second", "there/a"), ("dangling", "there/b")] {
            try manager.createSymbolicLink(atPath: "\(folder.path)/\(name)", withDestinationPath: target)
        }
        try AtomicFile.write("new", to: "\(folder.path)/first")
        try AtomicFile.write("made", to: "\(folder.path)/dangling")
        #expect(folder.text("there/a") == "new" && folder.text("there/b") == "made")
        #expect(try manager.destinationOfSymbolicLink(atPath: "\(folder.path)/first") == "second")
        #expect(try manager.destinationOfSymbolicLink(atPath: "\(folder.path)/dangling") == "there/b")
        #expect(folder.names == ["dangling", "first", "second", "there"])
    }

    @Test func `links that lead in a circle are refused`() throws {
        let folder = try Folder()
        let path = "\(folder.path)/a"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "a")
        #expect(throws: FileError("write", path, code: ELOOP)) { try AtomicFile.write("x", to: path) }
    }

    @Test func `a pipe is written through, and is not opened before there is something to write`() async throws {
        let folder = try Folder()
        let path = "\(folder.path)/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        // Would wait for ever if it opened the pipe, for nobody reads it yet.
        _ = try AtomicFile(at: path)
        let reader = Task.detached { try readFile(path) }
        try AtomicFile.write("report", to: path)
        #expect(try await reader.value == Array("report".utf8))
        #expect(folder.names == ["pipe"])
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test func `a device is written through and stays`() throws {
        // The other end of a pseudo-terminal is a device that every user may make.
        var (here, there): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 256)
        try #require(openpty(&here, &there, &name, nil, nil) == 0)
        defer { for descriptor in [here, there] { close(descriptor) } }
        let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        try AtomicFile.write("report\n", to: path)
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(here, &bytes, bytes.count)
        #expect(String(decoding: bytes.prefix(count), as: UTF8.self) == "report\r\n")
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func `a stream of the process is written through, whatever it is connected to`() throws {
        let folder = try Folder()
        let descriptor = open("\(folder.path)/a", O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        #expect(write(descriptor, "before ", 7) == 7)
        try AtomicFile.write("within ", to: "/dev/fd/\(descriptor)")
        #expect(write(descriptor, "after", 5) == 5)
        #expect(folder.text("a") == "before within after")
    }

    @Test func `a stream that is closed is refused before there is anything to write`() throws {
        // More than a process may have open by itself.
        let error = #expect(throws: FileError.self) { _ = try AtomicFile(at: "/dev/fd/99999") }
        #expect(error?.code == EBADF && error?.description.hasSuffix("it is closed; open it or name a file") == true)
    }

    @Test func `a socket is refused`() throws {
        let folder = try Folder()
        let path = "\(folder.path)/s"
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_UNIX, kind, 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafeBytes(of: &address) {
            bind(descriptor, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
        try #require(bound == 0)
        let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: path) }
        #expect(error?.description.contains("it is a socket") == true)
        #expect(folder.names == ["s"])
    }

    @Test(arguments: [0o600, 0o640, 0o755] as [mode_t])
    func `a file that is replaced keeps its permissions`(mode: mode_t) throws {
        let folder = try Folder()
        let path = "\(folder.path)/a"
        try AtomicFile.write("old", to: path)
        #expect(chmod(path, mode) == 0)
        try AtomicFile.write("new", to: path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == mode)
    }

    @Test func `a missing file and a directory cannot be read`() throws {
        let folder = try Folder()
        #expect {
            try readFile("\(folder.path)/a")
        } throws: {
            ($0 as? FileError)?.description == "cannot read \(folder.path)/a: No such file or directory; check its name"
        }
        #expect(throws: FileError("read", folder.path, code: EISDIR)) { try readFile(folder.path) }
    }

    @Test(arguments: [0, 1000, 1 << 20])
    func `no more is read than one byte beyond the limit`(limit: Int) throws {
        #expect(try readFile("/dev/zero", atMost: limit).count == limit + 1)
    }

    @Test func `a full disk is named, with the remedy`() {
        let error = FileError("write", "runs/a/result.json", code: ENOSPC)
        #expect(
            error.description
                == "cannot write runs/a/result.json: No space left on device; free some space and try again")
    }
}
