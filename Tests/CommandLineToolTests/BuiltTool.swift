import Foundation

/// The tool as users run it: the executable that was built beside these tests, in a process of its own.
struct BuiltTool {
    let status: Int32
    let output: String
    let messages: String
    /// The most memory that the process held at any time, in bytes; 0 where it is not measured.
    let peakBytes: Int

    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "mnist-lab").path

    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// The tests' own environment, without what would change how the tool behaves, and with what is added.
    static func environment(adding added: [String: String] = [:]) -> [String: String] {
        let own = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("SLURM_")
                && ![
                    "OMP_NUM_THREADS", "COLUMNS", "LINES", "NO_COLOR", "MNIST_LAB_DATA", "KERAS_HOME", "XDG_CACHE_HOME",
                ].contains(name)
        }
        return own.merging(added) { _, new in new }
    }

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - preparation: lines of shell that come before, such as `ulimit -n 4`.
    ///   - environment: what is added to the tests' own.
    ///   - patience: seconds after which a process counts as one that hangs, and is killed: its status is then 9.
    ///   - measuresMemory: looks at the process every two milliseconds, which takes time of the other tests.
    init(
        _ arguments: [String], in folder: String, after preparation: String = "", environment: [String: String] = [:],
        patience: Double = 240, measuresMemory: Bool = false
    ) throws {
        let process = Process()
        process.environment = Self.environment(adding: environment)
        process.executableURL = URL(fileURLWithPath: preparation.isEmpty ? Self.path : "/bin/sh")
        let shell = ["-c", preparation + #"; exec "$0" "$@""#, Self.path]
        process.arguments = (preparation.isEmpty ? [] : shell) + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        // Files, because a pipe that nobody empties while the process lives would stop it when full.
        let streams = try (Stream(), Stream())
        process.standardOutput = streams.0.handle
        process.standardError = streams.1.handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // A process's own high-water mark is readable while it lives; it only ever rises, so the last look counts.
        var peak = 0
        let status = "/proc/\(process.processIdentifier)/status"
        let end = ContinuousClock.now + .seconds(patience)
        while process.isRunning {
            if ContinuousClock.now > end { kill(process.processIdentifier, SIGKILL) }
            if measuresMemory { peak = max(peak, Self.highWaterMark(status)) }
            usleep(2000)
        }
        self.status = process.terminationStatus
        output = try streams.0.text
        messages = try streams.1.text
        peakBytes = peak
    }

    /// Starts it, or another program, and does not wait for it; its messages go to a file, its results nowhere.
    static func start(
        _ arguments: [String], of program: String = path, in folder: String, messages: String? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        if let messages {
            let file = URL(fileURLWithPath: "\(folder)/\(messages)")
            try Data().write(to: file)
            process.standardError = try FileHandle(forWritingTo: file)
        }
        try process.run()
        return process
    }

    /// A file that one of the process's streams goes to.
    private final class Stream {
        let handle: FileHandle
        private let path = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path

        init() throws {
            try Data().write(to: URL(fileURLWithPath: path))
            handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var text: String {
            get throws { try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8) }
        }
    }

    private static func highWaterMark(_ path: String) -> Int {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return kilobytes * 1024
    }
}
