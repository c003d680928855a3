extension Command {
    /// In the order of help.
    static let all: [Command] = [
        .train, .sweep, .summarize, .validate, .evaluate, .predict, .compare, .plot, .report, .data, .bench, .explain,
    ]
}
