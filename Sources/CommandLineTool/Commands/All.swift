extension Command {
    /// In the order of help.
    static let all: [Command] = [
        .train, .sweep, .summarize, .validate, .new, .evaluate, .predict, .inspect, .list, .show, .compare, .plot,
        .report, .export, .importModel, .data, .bench, .completions, .manual, .explain,
    ]
}
