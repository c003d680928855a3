import Experiments

/// Completion for zsh, with explanations.
struct ZshCompletions {
    let tool: Tool

    /// A file that zsh loads on first use, from a folder of `$fpath`.
    var script: String {
        let function = "_" + tool.name
        return """
            #compdef \(tool.name)
            # zsh completion of \(tool.name), as written by: \(tool.name) completions zsh

            \(function)_keys() {
                local -a keys=(\(ExperimentConfig.keys.joined(separator: " ")))
                compadd -S = -a keys
            }

            \(function)_configs() {
                _alternative "names:built-in config:($*)" 'files:config file:_files -g "*.json(|c)(-.)"'
            }

            \(function)() {
                local context state state_descr line
                local -A opt_args
                local -a commands=(
            \(tool.commands.map { "        \(quoted("\(escaped($0.name)):\($0.summary)"))\n" }.joined())    )
                _arguments -C \(Command.commonOptions.map(specification).joined(separator: " ")) \\
                    '1:command:->command' '*::argument:->arguments' && return
                case $state in
                command) _describe command commands ;;
                arguments)
                    case $words[1] in
            \(tool.commands.map(branch).joined())        esac ;;
                esac
            }

            # Loaded by zsh, the file is the function; sourced, it only declares it.
            if [[ $funcstack[1] == \(function) ]]; then \(function) "$@"; else compdef \(function) \(tool.name); fi

            """
    }

    private func branch(_ command: Command) -> String {
        let options = command.allOptions.map(specification)
        let arguments = zip(command.arguments, tool.offers(for: command)).enumerated().map { index, pair in
            let (argument, offer) = pair
            let place = argument.count.upperBound > 1 ? "*" : "\(index + 1)"
            let mark = argument.count.lowerBound == 0 && place != "*" ? ":" : ""
            return quoted("\(place):\(mark)\(escaped(argument.name)):\(action(offer))")
        }
        let lines = (options + arguments).map { " \\\n            \($0)" }.joined()
        return "        \(command.name)) _arguments\(lines) ;;\n"
    }

    private func specification(_ option: any AnyOption) -> String {
        let isRepeated = option.summary.hasSuffix(Repeated<String>.mark)
        let meaning = "[\(escaped(option.summary))]"
        guard let offer = option.offer else { return quoted("--\(option.name)\(meaning)") }
        let value = "\(escaped(option.placeholder ?? "")):\(action(offer))"
        return quoted("\(isRepeated ? "*" : "")--\(option.name)=\(meaning):\(value)")
    }

    private func action(_ offer: Offer) -> String {
        switch offer {
        case .words(let words): "(\(words.joined(separator: " ")))"
        // The space keeps zsh from passing words of its own.
        case .configs(let names): " _\(tool.name)_configs \(names.joined(separator: " "))"
        case .folders: "_files -/"
        case .files: "_files"
        case .keys: "_\(tool.name)_keys"
        case .nothing: " "
        }
    }

    /// As `_arguments` reads it.
    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\:[]".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
