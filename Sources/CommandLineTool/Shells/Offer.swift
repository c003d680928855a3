/// What a shell offers where a value or an argument is to be typed.
enum Offer: Hashable {
    case words([String])
    /// Config files, and the names of the configs that are built in.
    case configs([String])
    case folders
    case files
    /// Keys of a config, each with an equals sign.
    case keys
    case nothing

    /// By what stands for the value in help, unless it is chosen from words.
    init(_ placeholder: String, words: [String]) {
        switch placeholder {
        case "CONFIG": self = .configs(words)
        case _ where !words.isEmpty: self = .words(words)
        case "RUN", "DIR", "FOLDER": self = .folders
        case "FILE", "PATH", "IMAGE": self = .files
        case "PATH=VALUE": self = .keys
        default: self = .nothing
        }
    }
}

extension AnyOption {
    /// What is offered for the value; nil where there is none.
    var offer: Offer? { placeholder.map { Offer($0, words: words) } }
}

extension Tool {
    /// What is offered for a command's arguments, one after the other.
    func offers(for command: Command) -> [Offer] {
        command.arguments.map { argument in
            switch argument.name {
            case "TOPIC": .words(commands.map(\.name) + argument.words)
            case "CONFIG": .configs(BuiltInConfig.Name.allCases.map(\.rawValue))
            default: Offer(argument.name, words: argument.words)
            }
        }
    }

    /// The names of options that take a value, of any command.
    var valuedOptions: [String] {
        Set(commands.flatMap(\.options).filter { $0.placeholder != nil }.map(\.name)).sorted()
    }
}
