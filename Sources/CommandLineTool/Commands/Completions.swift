import Schema

extension Command {
    static let completions = Command(
        "completions", "a script that makes a shell complete commands, options and their values",
        arguments: [.one("SHELL", "bash, zsh or fish", words: Shell.allCases.map(\.rawValue))],
        examples: [
            Example(
                "completions bash > ~/.local/share/bash-completion/completions/mnist-lab",
                "for bash, if the package bash-completion is there"),
            Example(
                "completions zsh > ~/.zfunc/_mnist-lab", "for zsh, with fpath+=~/.zfunc before compinit in ~/.zshrc"),
            Example("completions fish > ~/.config/fish/completions/mnist-lab.fish", "for fish"),
        ]
    ) { call in
        let word = call.operands[0]
        guard let shell = Shell(rawValue: word) else {
            throw call.misuse(
                "unknown shell \(quoted(word))", remedy: remedy(for: word, among: Shell.allCases.map(\.rawValue)))
        }
        call.console.write(shell.completions(of: call.tool))
        return .success
    }

    static let manual = Command(
        "manual", "the manual page, for man",
        examples: [Example("manual > mnist-lab.1", "to be read by man ./mnist-lab.1")]
    ) { call in
        call.console.write(Manual(tool: call.tool).page)
        return .success
    }
}
