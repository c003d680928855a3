/// Metrics, expectations and verdict. This file exists only for a finished run.
struct ResultOutput: RunOutput {
    static let files: [RunFile] = [.result]

    func finished(_ result: RunResult, _ run: RunView) throws {
        try run.directory.write(result.json.pretty, to: .result)
    }
}

extension RunFile {
    package static let result = RunFile(rawValue: "result.json")
}
