import Dispatch
import Foundation
import Synchronization

/// Another program, run to its end.
struct ProgramCall {
    let status: Int32
    let output: String
    let messages: String

    /// Looks for the program where a shell would; nil if it is nowhere.
    init?(_ name: String, _ arguments: [String], path: String = Self.searchPath) throws {
        guard let place = Self.place(of: name, path: path) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: place)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        // Both at the same time: a pipe that nobody empties would stop the program.
        let said = Mutex(Data())
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group) {
            let data = messages.fileHandleForReading.readDataToEndOfFile()
            said.withLock { $0 = data }
        }
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        group.wait()
        process.waitUntilExit()
        self.messages = String(decoding: said.withLock { $0 }, as: UTF8.self)
        status = process.terminationStatus
    }

    /// Where a shell would find a program.
    static func place(of name: String, path: String = Self.searchPath) -> String? {
        path.split(separator: ":").map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    private static var searchPath: String { ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin" }
}
