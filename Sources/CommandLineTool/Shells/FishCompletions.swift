import Experiments

/// Completion for fish, with explanations.
struct FishCompletions {
    let tool: Tool

    /// Lines that each add something to offer, and when.
    var script: String {
        let keys = ExperimentConfig.keys.map { "\($0)=" }.joined(separator: " ")
        return """
            # fish completion of \(tool.name), as written by: \(tool.name) completions fish
            function __\(prefix)_keys
                string split ' ' '\(keys)'
            end

            # Whether the command is there and has so many arguments, or more with the last word +.
            function __\(prefix)_at --argument-names command count more
                set -l words (commandline -opc)
                set -l found
                set -l arguments 0
                set -l skips 0
                for word in $words[2..-1]
                    if test $skips -eq 1
                        set skips 0
                        continue
                    end
                    switch $word
                        case \(tool.valuedOptions.map { "--\($0)" }.joined(separator: " "))
                            set skips 1
                        case '-*'
                        case '*'
                            if test -z "$found"
                                set found $word
                            else
                                set arguments (math $arguments + 1)
                            end
                    end
                end
                test "$found" = "$command"; or return 1
                test -z "$count"; or test $arguments -eq $count; or test "$more" = + -a $arguments -gt $count
            end

            complete -c \(tool.name) -f
            \(Command.commonOptions.map { "complete -c \(tool.name) \(specification($0))\n" }.joined())
            \(tool.commands.map(lines).joined(separator: "\n"))
            """
    }

    private var prefix: String { tool.name.replacing("-", with: "_") }

    private func lines(_ command: Command) -> String {
        let name =
            "complete -c \(tool.name) -n '__\(prefix)_at \"\"' -a \(command.name) -d \(quoted(command.summary))\n"
        let options = command.options.map { option in
            "complete -c \(tool.name) -n '__\(prefix)_at \(command.name)' \(specification(option))\n"
        }
        let arguments = zip(command.arguments, tool.offers(for: command)).enumerated().compactMap { index, pair in
            let more = pair.0.count.upperBound > 1 ? " +" : ""
            return action(pair.1).map {
                "complete -c \(tool.name) -n '__\(prefix)_at \(command.name) \(index)\(more)' \($0)\n"
            }
        }
        return name + options.joined() + arguments.joined()
    }

    private func specification(_ option: any AnyOption) -> String {
        let value = option.offer.map { offer in " \(offer == .files ? "-r" : "-x") \(action(offer) ?? "")" } ?? ""
        return "-l \(option.name)\(value) -d \(quoted(option.summary))"
    }

    private func action(_ offer: Offer) -> String? {
        switch offer {
        case .words(let words): "-a \(quoted(words.joined(separator: " ")))"
        case .configs(let names): "-k -a '(__fish_complete_suffix .json) \(names.joined(separator: " "))'"
        case .folders: "-a '(__fish_complete_directories)'"
        case .files: "-F"
        case .keys: "-a '(__\(prefix)_keys)'"
        case .nothing: nil
        }
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
