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
    @Test(arguments: Shell.allCases.filter { isThere("\($0)") })
    func `the shell, where it is there, finds no fault with the script`(shell: Shell) throws {
        let folder = try EmptyFolder()
        let file = "\(folder.path)/script"
        try shell.completions(of: Self.tool).write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try Self.run("/bin/sh", ["-c", "\(shell) -n '\(file)' 2>&1; echo $?"]) == "0\n")
    }

    static let lines: [(line: String, offered: Set<String>, notOffered: Set<String>)] = [
        ("", ["train", "completions"], ["--help"]),
        ("tr", ["train"], ["sweep"]),
        ("--", ["--help", "--version"], ["--epochs"]),
        ("train --ep", ["--epochs"], ["--expand"]),
        ("train --progress ", ["auto", "chart"], []),
        ("train --progress=al", ["always"], ["auto"]),
        ("data --progress ", ["auto", "never"], ["chart"]),
        ("train --set training.ba", ["training.batch_size="], []),
        ("train --set training.epochs=5 ", ["quickstart", "here.json"], []),
        ("--set seed=4 tr", ["train"], []),
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
        let folder = try folder(for: .bash)
        // Bash itself divides at equals signs.
        let words = (["mnist-lab"] + line.split(separator: " ", omittingEmptySubsequences: false).map(String.init))
            .flatMap {
                $0.contains("=")
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

    /// What fish and zsh are asked, for they complete more than bash does.
    private static let others: [(line: String, offered: Set<String>, notOffered: Set<String>)] =
        lines.filter { ["", "tr", "train --ep", "train --progress ", "train ", "data ", "help "].contains($0.line) }

    @Test(.enabled(if: isThere("fish")), arguments: others)
    func `fish offers what fits`(line: String, offered: Set<String>, notOffered: Set<String>) throws {
        let folder = try folder(for: .fish)
        let shell = "cd '\(folder.path)'; source ./script; complete -C 'mnist-lab \(line)'"
        let output = try Self.run("/bin/sh", ["-c", #"exec fish --no-config -c "$0""#, shell])
        let words = Set(output.split(separator: "\n").map { String($0.prefix { $0 != "\t" && $0 != "/" }) })
        #expect(offered.isSubset(of: words), "\(words)")
        // Files with other endings come last in fish, but come.
        #expect(notOffered.subtracting(["notes.txt"]).isDisjoint(with: words), "\(words)")
    }

    /// zsh completes only on a terminal, which its module zpty is.
    @Test(.enabled(if: isThere("zsh")), arguments: others)
    func `zsh offers what fits`(line: String, offered: Set<String>, notOffered: Set<String>) throws {
        let folder = try folder(for: .zsh)
        let shell = """
            zmodload zsh/zpty || exit 1
            zpty z 'TERM=dumb COLUMNS=500 LINES=500 zsh -f -i'
            zpty -w z 'cd "\(folder.path)"; PROMPT=; unset zle_bracketed_paste; setopt auto_list; LISTMAX=0'
            zpty -w z 'autoload -Uz compinit; compinit -u -D; source ./script; bindkey "^G" list-choices'
            zpty -w z $'print -r -- END-OF\\'\\'-PREPARATION'
            zpty -r -m z seen '*END-OF-PREPARATION*'
            zpty -w -n z "mnist-lab \(line)"$'\\x07'
            zpty -w z $'\\x15print -r -- END-OF\\'\\'-LIST'
            zpty -r -m z seen '*END-OF-LIST*'
            print -r -- "$seen"
            zpty -d z
            """
        let output = try Self.run("/bin/sh", ["-c", #"exec timeout 20 zsh -f -c "$0""#, shell])
        // A line break of a terminal is one character.
        let words = Set(output.split(whereSeparator: { $0.isWhitespace || $0 == "/" }).map(String.init))
        #expect(offered.isSubset(of: words), "\(output)")
        // The line is shown, too.
        #expect(notOffered.filter { !line.contains($0) }.isDisjoint(with: words), "\(output)")
    }

    private static func isThere(_ shell: String) -> Bool {
        (try? run("/bin/sh", ["-c", "command -v \(shell) || true"]).isEmpty) == false
    }

    /// With the script, two files and a folder.
    private func folder(for shell: Shell) throws -> EmptyFolder {
        let folder = try EmptyFolder()
        try shell.completions(of: Self.tool).write(toFile: folder.path + "/script", atomically: true, encoding: .utf8)
        for name in ["here.json", "notes.txt"] {
            try "".write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
        }
        try FileManager.default.createDirectory(atPath: folder.path + "/folder", withIntermediateDirectories: true)
        return folder
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
        let named = Set(Manual.variables.flatMap { $0.name.split(separator: ", ").map(String.init) })
        let sources = Documentation.root.appending(path: "Sources").path
        var read: Set<String> = []
        for file in FileManager.default.enumerator(atPath: sources)?.compactMap({ $0 as? String }) ?? []
        where file.hasSuffix(".swift") {
            let text = try String(contentsOfFile: "\(sources)/\(file)", encoding: .utf8)
            read.formUnion(text.matches(of: #/(?:environment|getenv|variable)[\[(]"([A-Z_]+)"/#).map { String($0.1) })
            // A list whose elements are read one by one.
            let lists = text.matches(of: #/Variables = \[([^\]]*)\]/#).map(\.1)
            read.formUnion(lists.flatMap { $0.matches(of: #/"([A-Z_]+)"/#).map { String($0.1) } })
        }
        #expect(read.isSuperset(of: ["MNIST_LAB_DATA", "OMP_NUM_THREADS", "NO_COLOR", "SLURM_JOB_ID"]))
        // Proxies are read by the program that fetches.
        #expect(named.subtracting(["http_proxy", "https_proxy", "no_proxy"]) == read)
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
