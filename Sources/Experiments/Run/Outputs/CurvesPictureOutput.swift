/// Loss and accuracy by epoch, as a picture.
struct CurvesPictureOutput: RunOutput {
    static let files: [RunFile] = [.curvesPicture]
    static let isPicture = true

    func finished(_ result: RunResult, _ run: RunView) throws {
        let test = TestFigures(
            loss: result.test.loss, accuracy: result.test.accuracy, accuracyError: result.standardError)
        let curves = SavedCurves(run.training.state.history, isValidated: run.config.dataset.validation != nil)
        let picture = CurvesPicture(
            name: run.config.name, parameters: run.summary.parameterCount, test: test, curves: curves)
        try run.directory.write(picture.plot.svg, to: .curvesPicture)
    }
}

extension RunFile {
    package static let curvesPicture = RunFile(rawValue: "curves.svg")
}
