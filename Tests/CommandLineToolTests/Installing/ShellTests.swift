import Experiments
import Foundation
import Testing

@testable import CommandLineTool

@Suite struct ShellTests {
    static let tool = Tool.mnistLab

    @Test(arguments: Shell.allCases)
    func `every command, option and word is offered`(shell: Shell) {
        let script = shell.completions(of: Self.tool)
        for command in Self.tool.commands {
            #expect(script.contains(command.name))
            for option in command.allOptions {
                let written = shell == .fish ? "-l \(option.name) " : "--\(option.name)"
                #expect(script.contains(written), "\(command.name) --\(option.name)")
            }
            let words = command.options.map(\.words) + command.arguments.map(\.words)
            for list in words where !list.isEmpty { #expect(script.contains(list.joined(separator: " "))) }
        }
        #expect(script.contains("training.optimizer"))
    }

    @Test func `keys of a config are offered as --set understands them`() throws {
        let keys = ExperimentConfig.keys
        #expect(keys.count > 20 && Set(keys).count == keys.count)
        for key in ["name", "seed", "dataset.train_limit", "training.batch_size", "dataset.validation"] {
            #expect(keys.contains(key), "\(key)")
        }
        for key in keys { _ = try Override(parsing: "\(key)=1") }
    }

    @Test func `bench offers the models that it has`() throws {
        let words = try #require(Command.bench.arguments.first).words
        #expect(try words == BenchModel.all().map(\.name))
    }

    /// What each shell makes of a script without running it.
    @Test(arguments: Shell.allCases)
    func `the shell, where it is there, finds no fault with the script`(shell: Shell) throws {
        let folder = try EmptyFolder()
        let file = "\(folder.path)/script"
        try shell.completions(of: Self.tool).write(toFile: file, atomically: true, encoding: .utf8)
        let found = try Self.run("/bin/sh", ["-c", "command -v \(shell) || true"])
        guard !found.isEmpty else { return }
        #expect(try Self.run("/bin/sh", ["-c", "\(shell) -n '\(file)' 2>&1; echo $?"]) == "0\n")
    }

    static let lines: [(line: String, offered: Set<String>, notOffered: Set<String>)] = [
        ("", ["train", "completions"], ["--help"]),
        ("tr", ["train"], ["sweep"]),
        ("--", ["--help", "--version"], ["--epochs"]),
        ("train --ep", ["--epochs"], ["--expand"]),
        ("train --progress ", ["auto", "chart"], []),
        ("train --progress=al", ["always"], ["auto"]),
        ("train --set training.ba", ["training.batch_size="], []),
        ("train ", ["quickstart", "here.json", "folder"], ["notes.txt", "train"]),
        ("predict folder ", ["notes.txt", "here.json"], ["mnist"]),
        ("data ", ["list", "embed"], ["mnist"]),
        ("data --data folder ver", ["verify"], []),
        ("data verify ", ["mnist", "fashion-mnist"], ["verify"]),
        ("compare folder ", ["folder"], ["here.json"]),
        ("help ", ["train", "schema"], []),
    ]

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")), arguments: lines)
    func `bash offers what fits`(line: String, offered: Set<String>, notOffered: Set<String>) throws {
        let folder = try EmptyFolder()
        try Shell.bash.completions(of: Self.tool).write(
            toFile: folder.path + "/script", atomically: true, encoding: .utf8)
        for name in ["here.json", "notes.txt"] {
            try "".write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
        }
        try FileManager.default.createDirectory(atPath: folder.path + "/folder", withIntermediateDirectories: true)
        // Bash itself divides at equals signs.
        let words = (["mnist-lab"] + line.split(separator: " ", omittingEmptySubsequences: false).map(String.init))
            .flatMap {
                $0.contains("=") && $0.hasPrefix("--")
                    ? $0.split(separator: "=").flatMap { [String($0), "="] }.dropLast() : [$0]
            }
        let shell = """
            cd '\(folder.path)'; source ./script; compopt() { :; }
            COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
            _mnist_lab; printf '%s\\n' "${COMPREPLY[@]}"
            """
        let output = Set(try Self.run("/bin/bash", ["-c", shell]).split(separator: "\n").map(String.init))
        #expect(offered.isSubset(of: output), "\(output)")
        #expect(notOffered.isDisjoint(with: output), "\(output)")
    }

    @Test func `the manual has everything that help has`() {
        let page = Manual(tool: Self.tool).page
        let plain = page.replacing("\\-", with: "-").replacing("\\(dq", with: "\"").replacing("\\e", with: "\\")
        for command in Self.tool.commands {
            #expect(plain.contains("mnist-lab \(command.usage) [OPTIONS]"))
            for option in command.allOptions { #expect(plain.contains("\\fB--\(option.name)")) }
            for example in command.examples { #expect(plain.contains(example.line)) }
        }
        for code in ExitCode.allCases { #expect(plain.contains("\\fB\(code.rawValue)\\fR\n\(code.meaning)")) }
        // A line that begins with a dot is an instruction.
        let instructions: Set = [".\\\"", ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".RI"]
        for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(instructions.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
    }

    @Test func `the manual names the variables that the source reads`() throws {
        let named = Manual.variables.flatMap { $0.name.split(separator: ", ") }
        for name in ["MNIST_LAB_DATA", "XDG_CACHE_HOME", "OMP_NUM_THREADS", "SLURM_CPUS_PER_TASK", "NO_COLOR"] {
            #expect(named.contains { $0 == name })
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
