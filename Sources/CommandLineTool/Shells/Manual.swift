/// The manual page, in the language of man: everything that help says, in one place.
struct Manual {
    let tool: Tool

    /// The page. It has no date, so that the same tool has the same page.
    var page: String {
        """
        .\\" As written by: \(tool.name) manual
        .TH \(tool.name.uppercased()) 1 "" "\(tool.name) \(tool.version)" "User Commands"
        .SH NAME
        \(text(tool.name)) \\- \(text(tool.summary))
        .SH SYNOPSIS
        .B \(text(tool.name))
        .I COMMAND
        .RI [ ARGUMENTS ]\\ [ OPTIONS ]
        .SH DESCRIPTION
        A config in the vocabulary of Keras goes in, and a directory of results comes out that is the same, bit for bit,
        every time. Options stand before or after the arguments, as \\-\\-name value or \\-\\-name=value. Results go to
        standard output, everything else to standard error.
        .SH COMMANDS
        \(tool.commands.map(section).joined()).SH OPTIONS OF ALL COMMANDS
        \(Command.commonOptions.map(option).joined()).SH EXIT STATUS
        \(ExitCode.allCases.map { item("\($0.rawValue)", $0.meaning) }.joined()).SH ENVIRONMENT
        \(Self.variables.map { item($0.name, $0.meaning) }.joined()).SH FILES
        \(item("runs/NAME", "the directory of a run or a sweep, where the tool was started"))\
        \(item("~/.cache/mnist-lab", "data sets that were fetched"))
        """
    }

    static let variables: [(name: String, meaning: String)] = [
        ("MNIST_LAB_DATA", "a folder where data sets and weights are looked for"),
        ("XDG_CACHE_HOME", "the folder of the cache, instead of ~/.cache"),
        ("KERAS_HOME", "where Keras keeps its data sets, which are taken too, instead of ~/.keras"),
        ("HOME", "the folder that ~ stands for"),
        ("OMP_NUM_THREADS, SLURM_CPUS_PER_TASK", "the most threads, unless --threads is given"),
        ("SLURM_JOB_ID, SLURM_ARRAY_JOB_ID, SLURM_ARRAY_TASK_ID", "the job of Slurm that trains, if one does"),
        ("NO_COLOR", "if set, nothing is coloured"),
        ("TERM", "if it is dumb, nothing is coloured or drawn anew"),
        ("COLUMNS", "how wide results are that go to no terminal"),
        ("PATH", "where curl, wget and the commands of Slurm are looked for"),
        ("http_proxy, https_proxy, no_proxy", "what data sets are fetched through"),
    ]

    private func section(_ command: Command) -> String {
        let usage = "\(tool.name) \(command.usage) [OPTIONS]\(command.tail)"
        let arguments = (command.arguments + [command.handsOn].compactMap(\.self)).map { item($0.name, $0.summary) }
        let examples = command.examples.map { item("\(tool.name) \($0.line)", $0.meaning) }
        return ".SS \"\(text(usage))\"\n\(text(sentence(command.summary)))\n"
            + arguments.joined() + command.options.map(option).joined()
            + (examples.isEmpty ? "" : ".PP\nExamples:\n" + examples.joined())
    }

    private func option(_ option: any AnyOption) -> String {
        item("--\(option.name)" + (option.placeholder.map { " \($0)" } ?? ""), option.summary)
    }

    private func item(_ term: String, _ meaning: String) -> String {
        ".TP\n\\fB\(text(term))\\fR\n\(text(meaning))\n"
    }

    private func sentence(_ summary: String) -> String {
        summary.prefix(1).uppercased() + summary.dropFirst() + "."
    }

    /// What would mean something to troff is spelled out; words of other alphabets are left to it.
    private func text(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
}
