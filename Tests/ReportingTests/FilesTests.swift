import Foundation
import Reporting
import Testing

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
            let name = "\(folder.path)/.a.\(process)-\(serial).partial"
            #expect(FileManager.default.createFile(atPath: name, contents: nil))
        }
        try AtomicFile.write("new", to: "\(folder.path)/a")
        #expect(folder.text("a") == "new")
        #expect(folder.names.count == 501)
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
