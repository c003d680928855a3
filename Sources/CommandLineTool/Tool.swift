import Experiments
import Reporting
import Schema

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

package struct Tool: Sendable {
    package let name: String
    package let version: String

    /// What the tool does, as part of a sentence.
    package let summary: String

    /// In the order of help.
    package let commands: [Command]

    package static let mnistLab = Tool(
        name: "mnist-lab", version: "0.1.0",
        summary: "train and compare small image classifiers on MNIST and Fashion-MNIST", commands: Command.all)

    /// Runs the process's command line and ends the process.
    package static func main() -> Never {
        if let refusal = ProcessorCheck().refusal {
            try? Terminal.error.write("error: \(refusal)\n")
            exit(ExitCode.failure.rawValue)
        }
        // A reader that has gone away (mnist-lab … | head) must neither kill a training nor print anything.
        signal(SIGPIPE, SIG_IGN)
        StandardStreams.reserve()
        // A file that becomes larger than the shell allows is an error of writing it, and no reason to die.
        signal(SIGXFSZ, SIG_IGN)
        // On Linux, Swift reads a process's arguments, of which the first is its name, from /proc.
        guard !CommandLine.arguments.isEmpty else {
            try? Terminal.error.write("error: cannot read the command line, because /proc is not mounted; mount it\n")
            exit(ExitCode.usage.rawValue)
        }
        exit(mnistLab.run(Array(CommandLine.arguments.dropFirst()), console: .standard()).rawValue)
    }

    /// Parses and runs a command line; errors are reported on the console.
    package func run(_ words: [String], console: Console) -> ExitCode {
        let code: ExitCode
        do {
            code = try understand(words, console)
        } catch {
            code = report(error, to: console)
        }
        guard let lost = console.lostResults else { return code }
        let other = report(lost, to: console)
        return code == .success ? other : code
    }

    private func understand(_ words: [String], _ console: Console) throws -> ExitCode {
        guard let index = indexOfCommand(in: words) else { return try runAlone(words, console) }
        guard let command = command(named: words[index]) else { throw unknownCommand(words[index]) }
        var words = words
        words.remove(at: index)
        let call = Call(try command.scan(words), of: command, tool: self, console: console)
        if call[.version] {
            writeVersion(call)
            return .success
        }
        if call[.help] {
            console.write(help(for: command, console))
            return .success
        }
        try ProcessLimits.check()
        call.warnOfIgnoredVariables()
        call.warnOfUselessData()
        call.warnOfSlowBuild()
        return try command.run(call)
    }

    /// A command line without a command.
    private func runAlone(_ words: [String], _ console: Console) throws -> ExitCode {
        let alone = Command(name, summary, options: [Common.json]) { call in
            if call[.version] { writeVersion(call) } else { call.console.write(overview(call.console)) }
            return .success
        }
        guard words.isEmpty else {
            let scanned: ScannedWords
            do {
                scanned = try alone.scan(words)
            } catch {
                throw UsageError(error.problems)
            }
            if Command.commonOptions.allSatisfy({ scanned.values[$0.name] == nil }) {
                throw UsageError(Problems([Problem("missing command")]))
            }
            return try alone.run(Call(scanned, of: alone, tool: self, console: console))
        }
        // A person who types only the name wants an overview; for a script it is a mistake.
        console.say(String(overview(console).dropLast()))
        return .usage
    }

    private func writeVersion(_ call: Call) {
        call.print(json: BuildInformation(tool: self).json, text: "\(name) \(version)\n")
    }

    /// The first word that is neither an option nor the value of one.
    private func indexOfCommand(in words: [String]) -> Int? {
        let valued = Set(commands.flatMap(\.allOptions).filter { $0.placeholder != nil }.map(\.name))
        var index = 0
        while index < words.count, words[index] != "--" {
            guard let (name, value) = splitOption(words[index]) else { return index }
            index += value == nil && valued.contains(name) ? 2 : 1
        }
        return nil
    }

    func command(named name: String) -> Command? {
        commands.first { $0.name == name }
    }

    /// The error of naming a command that does not exist.
    func unknownCommand(_ word: String) -> UsageError {
        unknown("command", word, among: commands.map(\.name))
    }

    /// The error of asking for help about what does not exist.
    func unknownTopic(_ word: String) -> UsageError {
        unknown(
            "topic", word, among: commands.map(\.name) + HelpTopic.all.map(\.name),
            or: HelpTopic.typeNames + ExperimentConfig.sectionTitles)
    }

    /// Suggests one of the names or of the others, or else lists the names; what is known of a config's words is no help here.
    private func unknown(_ kind: String, _ word: String, among names: [String], or others: [String] = []) -> UsageError
    {
        let meant = suggestion(for: word, among: names + others).map { "did you mean \(quoted($0))?" }
        let remedy = meant ?? "known: \(names.joined(separator: ", "))"
        return UsageError(Problems([Problem("unknown \(kind) \(quoted(word))", remedy: remedy)]))
    }
}
