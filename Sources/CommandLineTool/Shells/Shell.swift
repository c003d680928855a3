import Schema

/// The shells that can be taught to complete the tool's command lines.
enum Shell: String, CaseIterable, Setting {
    case bash, zsh, fish

    /// A script for the shell, made from the same descriptions as help.
    func completions(of tool: Tool) -> String {
        switch self {
        case .bash: BashCompletions(tool: tool).script
        case .zsh: ZshCompletions(tool: tool).script
        case .fish: FishCompletions(tool: tool).script
        }
    }
}
