import Experiments

/// Completion for bash, 4.4 or later; it needs no other package.
struct BashCompletions {
    let tool: Tool

    /// A function that finds out what is being typed, and tables of what to offer there.
    var script: String {
        let function = "_" + tool.name.replacing("-", with: "_")
        return """
            # bash completion of \(tool.name), as written by: \(tool.name) completions bash
            \(function)_keys() {
                echo "\(ExperimentConfig.keys.map { "\($0)=" }.joined(separator: " "))"
            }

            # What a value of an option can be: COMMAND--OPTION
            \(function)_values() {
                case $1 in
            \(values)    esac
            }

            # What the next argument of a command can be: COMMAND and its number
            \(function)_arguments() {
                case $1 in
            \(arguments)    esac
            }

            \(function)_options() {
                case $1 in
            \(options)    esac
            }

            \(function)() {
                local word=${COMP_WORDS[COMP_CWORD]} command= option= count=0 offer words index
                COMPREPLY=()
                # Bash takes the equals sign of --name=value for a word of its own.
                for ((index = 1; index < COMP_CWORD; index++)); do
                    case ${COMP_WORDS[index]} in
                    =) ;;
                    \(tool.valuedOptions.map { "--\($0)" }.joined(separator: "|")))
                        option=${COMP_WORDS[index]}
                        [[ ${COMP_WORDS[index + 1]} == = ]] && ((index++))
                        ((++index < COMP_CWORD)) && option=
                        # PATH=VALUE is three words to bash, and the value behind a key is anybody's.
                        if ((index < COMP_CWORD)) && [[ ${COMP_WORDS[index + 1]} == = ]]; then
                            (((index += 2) >= COMP_CWORD)) && return
                        fi ;;
                    -*) ;;
                    *) if [[ -z $command ]]; then command=${COMP_WORDS[index]}; else ((count++)); fi ;;
                    esac
                done
                [[ $word == = ]] && word=
                if [[ -n $option ]]; then
                    offer=$(\(function)_values "$command$option")
                elif [[ $word == -* ]]; then
                    offer="words $(\(function)_options "$command")"
                elif [[ -z $command ]]; then
                    offer="words \(tool.commands.map(\.name).joined(separator: " "))"
                else
                    offer=$(\(function)_arguments "$command" "$count")
                fi
                words=${offer#* }
                [[ $words == "$offer" ]] && words=
                case ${offer%% *} in
                words) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
                keys)
                    COMPREPLY=($(compgen -W "$(\(function)_keys)" -- "$word"))
                    compopt -o nospace ;;
                configs)
                    compopt -o filenames
                    mapfile -t COMPREPLY < <(
                        compgen -W "$words" -- "$word"
                        compgen -d -- "$word"
                        compgen -f -- "$word" | grep -E '[.]jsonc?$'
                    ) ;;
                folders)
                    compopt -o filenames
                    mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
                files)
                    compopt -o filenames
                    mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
                esac
            }

            complete -F \(function) \(tool.name)

            """
    }

    private var values: String {
        var patterns: [(offer: Offer, names: [String])] = []
        for command in tool.commands {
            for option in command.options {
                guard let offer = option.offer, offer != .nothing else { continue }
                let name = "\(command.name)--\(option.name)"
                if let index = patterns.firstIndex(where: { $0.offer == offer }) {
                    patterns[index].names.append(name)
                } else {
                    patterns.append((offer, [name]))
                }
            }
        }
        return patterns.map { "    \($0.names.joined(separator: "|"))) echo \"\(words(of: $0.offer))\" ;;\n" }.joined()
    }

    private var arguments: String {
        tool.commands.map { command in
            let offers = tool.offers(for: command)
            let cases = offers.enumerated().map { index, offer in
                let isLast = index == offers.count - 1 && command.arguments[index].count.upperBound > 1
                return "\(isLast ? "*" : "\(index)")) echo \"\(words(of: offer))\" ;;"
            }
            return cases.isEmpty ? "" : "    \(command.name)) case $2 in \(cases.joined(separator: " ")) esac ;;\n"
        }.joined()
    }

    private var options: String {
        tool.commands.map { command in
            "    \(command.name)) echo \"\(command.allOptions.map { "--\($0.name)" }.joined(separator: " "))\" ;;\n"
        }.joined() + "    *) echo \"\(Command.commonOptions.map { "--\($0.name)" }.joined(separator: " "))\" ;;\n"
    }

    private func words(of offer: Offer) -> String {
        switch offer {
        case .words(let words): "words " + words.joined(separator: " ")
        case .configs(let names): "configs " + names.joined(separator: " ")
        case .folders: "folders"
        case .files: "files"
        case .keys: "keys"
        case .nothing: ""
        }
    }
}
