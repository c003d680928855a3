/// Everything about the run on one page, for people.
struct PageOutput: RunOutput {
    static let files: [RunFile] = [.page]
    static let isPicture = true

    func finished(_ result: RunResult, _ run: RunView) throws {
        try run.directory.write(RunPage(result: result, run: run).page().html, to: .page)
    }
}

extension RunFile {
    package static let page = RunFile(rawValue: "report.html")
}
