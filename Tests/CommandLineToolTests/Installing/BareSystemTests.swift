import Foundation
import Testing

/// A system where hardly anything is mounted, such as a bare `chroot`.
@Suite(.enabled(if: BareSystem.isAllowed && BuiltTool.isThere, "needs the built executable, Linux, and namespaces"))
struct BareSystemTests {
    @Test(arguments: [[], ["--version"], ["train", "quickstart"]])
    func `without proc the tool says that it sees no command line`(words: [String]) throws {
        let folder = try EmptyFolder()
        let run = try BuiltTool(words, in: folder.path, after: BareSystem.withoutProc)
        #expect(run.messages == "error: cannot read the command line, because /proc is not mounted; mount it\n")
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}

private enum BareSystem {
    /// Shell that runs the tool where `/proc` is an empty folder.
    static let withoutProc =
        #"exec unshare --map-root-user --mount sh -c 'mount -t tmpfs none /proc && exec "$0" "$@"' "$0" "$@""#

    /// Containers often forbid this.
    static var isAllowed: Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "unshare --map-root-user --mount mount -t tmpfs none /proc"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
