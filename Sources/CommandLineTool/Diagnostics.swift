import Autograd
import Datasets
import Exchange
import Experiments
import Reporting
import Schema
import Tensors

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension Tool {
    /// The one place where errors become text and exit codes. Paths and names in them come from anywhere, so nothing that a
    /// terminal would obey is let through.
    func report(_ error: any Error, to console: Console) -> ExitCode {
        let mark = console.messageStyle.red("error:")
        func shown(_ text: String) -> String { lines(of: text).map(displayable).joined(separator: "\n") }
        switch error {
        case let error as UsageError:
            let command = error.command.map { " \($0.name)" } ?? ""
            for problem in error.problems.list { console.say("\(mark) \(shown(problem.rendered()))") }
            if let command = error.command {
                console.say("usage: \(name) \(command.usage) [options]\(command.tail)")
            }
            console.say("see: \(name) help\(command)")
        case let error as Problems: console.say(shown(error.rendered()))
        case let error as MissingWeights: console.say(shown(error.problems.rendered()))
        case let error as Problem: console.say(shown(error.rendered()))
        default: console.say("\(mark) \(shown("\(error)"))")
        }
        return exitCode(of: error)
    }

    /// What a command ends with that ends with an error.
    func exitCode(of error: any Error) -> ExitCode {
        switch error {
        case is UsageError, is Problems, is Problem, is ShapeError, is ProgramError, is MemoryRefusal, is SplitError,
            is ConfigUnreadable, is ConfigRefused, is RunDirectoryError, is SweepDirectoryError, is TrialMisfit,
            is BestTrialError, is ExportError, is ExportFolderError, is ConfigMisfit:
            // Known before anything was written.
            .usage
        default: .failure
        }
    }
}

/// The lines of a message; those that are empty stay.
func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// A config file that cannot be read, which counts as a usage error.
struct ConfigUnreadable: Error, CustomStringConvertible {
    let cause: FileError
    var description: String {
        // Who has no config yet is told where to get one.
        cause.description + (cause.code == ENOENT ? ", or begin with one that is built in: mnist-lab new --list" : "")
    }
}

/// A config that asks for what this machine does not have.
struct ConfigRefused: Error, CustomStringConvertible {
    let description: String
}
