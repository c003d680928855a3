extension Command {
    /// In the order of help.
    static let all: [Command] = [
        .train, .sweep, .summarize, .validate, .evaluate, .predict, .compare, .data, .bench, .explain,
    ]
}
