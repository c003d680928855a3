/// The confusion matrix of the test images.
struct ConfusionOutput: RunOutput {
    static let files: [RunFile] = [.confusion]

    func finished(_ result: RunResult, _ run: RunView) throws {
        try run.directory.write(result.classes.csv, to: .confusion)
    }
}

extension RunFile {
    package static let confusion = RunFile(rawValue: "confusion.csv")
}
