/// The model's layers and what they cost, for people and for scripts.
struct SummaryOutput: RunOutput {
    static let files: [RunFile] = [.summaryText, .summary]

    func runBegan(_ run: RunView) throws {
        try run.directory.write(run.summary.text(), to: .summaryText)
        try run.directory.write(run.summary.json.pretty, to: .summary)
    }
}

extension RunFile {
    package static let summaryText = RunFile(rawValue: "summary.txt")
    package static let summary = RunFile(rawValue: "summary.json")
}
